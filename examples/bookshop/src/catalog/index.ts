export * from "./books-repository.js";
export * from "./shelves.js";
export * from "./details.js";
export { catalogRoutes } from "./routes.js";
