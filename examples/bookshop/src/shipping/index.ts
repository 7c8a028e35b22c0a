export * from "./carrier.js";
export * from "./shipments.js";
export { shippingRoutes } from "./routes.js";
