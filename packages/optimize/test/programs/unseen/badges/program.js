import express from "express";
import { createServer } from "node:http";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { connect } from "./repository.js";

const { mysql } = await backends("mysql");
const repository = connect(mysql);
const badges = ["bronze", "silver", "gold"];

const withBadge = async (order) => ({ ...order, badge: badges[await repository.tierOf(order.customer_id)] });

const app = express();
app.get("/orders", async (request, response) => {
  const orders = await repository.orders(request.query.limit);
  const shown = await Promise.all(orders.map(withBadge));
  response.json(shown.toSorted((a, b) => (a.badge < b.badge ? -1 : 1)));
});
await drive(createServer(app), ["/orders?limit=9", "/orders?limit=26"]);
await repository.close();
