export * from "./orders-repository.js";
export * from "./order-list.js";
export * from "./overview.js";
export * from "./pricing.js";
export * from "./checkout.js";
export { orderRoutes } from "./routes.js";
