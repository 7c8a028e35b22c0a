import { Router } from "express";
import type { Carrier } from "./carrier.js";
import type { Shipments } from "./shipments.js";

export function shippingRoutes(shipments: Shipments, carrier: Carrier): Router {
  const router = Router();
  router.get("/", async (_request, response) => {
    response.json(await shipments.list());
  });
  router.get("/batch", async (_request, response) => {
    response.json(await shipments.listInBatch());
  });
  router.get("/rates/:country", async (request, response) => {
    response.json(await carrier.rates(request.params.country));
  });
  router.get("/zones", async (_request, response) => {
    response.json(await carrier.zones());
  });
  return router;
}
