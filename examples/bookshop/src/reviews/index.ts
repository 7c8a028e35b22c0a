export * from "./reviews-repository.js";
export * from "./review-board.js";
export { reviewRoutes } from "./routes.js";
