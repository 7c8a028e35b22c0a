export * from "./popular.js";
export { searchRoutes } from "./routes.js";
