import { Router } from "express";
import type { CustomersRepository } from "./customers-repository.js";
import type { Loyalty } from "./loyalty.js";

export function customerRoutes(customers: CustomersRepository, loyalty: Loyalty): Router {
  const router = Router();

  router.get("/:id/summary", async (request, response) => {
    const id = Number(request.params.id);
    const customer = await customers.byId(id);
    if (customer === undefined) {
      response.status(404).end();
      return;
    }
    response.json({ customer, level: await loyalty.levelOf(id) });
  });

  router.get("/:id/card", async (request, response) => {
    const customer = await customers.byId(Number(request.params.id));
    response.json({ customer, level: customer === undefined ? "none" : await loyalty.levelFor(customer) });
  });

  router.patch("/:id", async (request, response) => {
    const id = Number(request.params.id);
    const before = await customers.byId(id);
    await customers.rename(id, String(request.body.name));
    // Read again on purpose: the row has changed.
    const after = await customers.byId(id);
    response.json({ before, after });
  });

  return router;
}
