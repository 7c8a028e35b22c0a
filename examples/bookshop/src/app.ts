import express from "express";
import type { Express } from "express";
import { catalogRoutes } from "./catalog/index.js";
import type { Parts } from "./composition.js";
import { customerRoutes } from "./customers/index.js";
import { imageRoutes } from "./images/index.js";
import { orderRoutes } from "./orders/index.js";
import { reportRoutes } from "./reports/index.js";
import { reviewRoutes } from "./reviews/index.js";
import { searchRoutes } from "./search/index.js";
import { shippingRoutes } from "./shipping/index.js";

export function createApp(parts: Parts): Express {
  const app = express();
  app.use(express.json());
  app.get("/health", (_request, response) => {
    response.json({ ok: true });
  });
  app.use("/books", catalogRoutes(parts.books, parts.shelves, parts.details));
  app.use("/customers", customerRoutes(parts.customers, parts.loyalty));
  app.use("/orders", orderRoutes(parts));
  app.use("/reviews", reviewRoutes(parts.board));
  app.use("/reports", reportRoutes(parts.sales, parts.receipts));
  app.use("/shipments", shippingRoutes(parts.shipments, parts.carrier));
  app.use("/search", searchRoutes(parts.popular));
  app.use("/images", imageRoutes(parts.covers));
  return app;
}
