export * from "./customers-repository.js";
export * from "./directory.js";
export * from "./loyalty.js";
export { customerRoutes } from "./routes.js";
