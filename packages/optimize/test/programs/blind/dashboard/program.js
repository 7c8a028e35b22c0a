import express from "express";
import { createServer } from "node:http";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { CustomerApi, OrderApi, RatingApi } from "./clients.js";

const { partner } = await backends("partner");
const apis = { customers: new CustomerApi(partner), orders: new OrderApi(partner), ratings: new RatingApi(partner) };

/** What the start page shows: three services that know nothing of each other. */
async function dashboardOf(customerId) {
  // expect: sequential-calls, 3 lines
  const customer = await apis.customers.get(customerId);
  const rating = await apis.ratings.get(customerId);
  const latest = await apis.orders.latest();
  return { name: customer.name, rating: rating.rating, orders: latest.orders.length };
}

const app = express();
app.get("/dashboard/:id", async (request, response) => {
  response.json(await dashboardOf(Number(request.params.id)));
});
await drive(createServer(app), ["/dashboard/4", "/dashboard/31", "/dashboard/52"]);
