import { Router } from "express";
import type { Receipts } from "./receipts.js";
import type { Sales } from "./sales.js";

export function reportRoutes(sales: Sales, receipts: Receipts): Router {
  const router = Router();
  router.get("/sales", async (_request, response) => {
    response.json(await sales.byStatus());
  });
  router.get("/sales/pooled", async (_request, response) => {
    response.json(await sales.byStatusPooled());
  });
  router.get("/receipt", (request, response) => {
    response.type("html").send(receipts.render(String(request.query["title"]), String(request.query["price"])));
  });
  router.get("/receipt/background", async (request, response) => {
    response.type("html").send(await receipts.renderInBackground(String(request.query["title"]), String(request.query["price"])));
  });
  return router;
}
