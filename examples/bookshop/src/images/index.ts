export * from "./covers.js";
export { imageRoutes } from "./routes.js";
