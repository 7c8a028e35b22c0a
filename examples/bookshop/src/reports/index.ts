export * from "./receipts.js";
export * from "./sales.js";
export { reportRoutes } from "./routes.js";
