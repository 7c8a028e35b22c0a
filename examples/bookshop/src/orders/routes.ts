import { Router } from "express";
import type { Checkout } from "./checkout.js";
import type { OrderList } from "./order-list.js";
import type { OrdersRepository } from "./orders-repository.js";
import type { OrderOverview, OrderPreview } from "./overview.js";
import type { Pricing } from "./pricing.js";

export interface OrderParts {
  orders: OrdersRepository;
  list: OrderList;
  overview: OrderOverview;
  preview: OrderPreview;
  pricing: Pricing;
  checkout: Checkout;
}

export function orderRoutes({ orders, list, overview, preview, pricing, checkout }: OrderParts): Router {
  const router = Router();

  router.get("/", async (_request, response) => {
    response.json(await list.open());
  });

  router.get("/batch", async (_request, response) => {
    response.json(await list.openInBatch());
  });

  router.get("/overview", async (_request, response) => {
    response.json(await overview.build());
  });

  router.get("/preview", async (_request, response) => {
    response.json(await preview.build());
  });

  router.post("/quote", async (request, response) => {
    response.json({ cents: await pricing.quote(request.body.country, request.body.lines) });
  });

  router.post("/total", async (request, response) => {
    response.json({ cents: await pricing.total(request.body.country, request.body.lines) });
  });

  router.post("/", async (request, response) => {
    response.status(201).json(await checkout.place(request.body));
  });

  router.post("/:id/cancel", async (request, response) => {
    await checkout.cancel(Number(request.params.id));
    response.status(204).end();
  });

  router.get("/:id", async (request, response) => {
    const order = await orders.byId(Number(request.params.id));
    if (order === undefined) {
      response.status(404).end();
      return;
    }
    response.json({ ...order, items: await orders.itemsOf(order.id) });
  });

  return router;
}
