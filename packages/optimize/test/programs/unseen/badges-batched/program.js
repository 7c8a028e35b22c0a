import express from "express";
import { createServer } from "node:http";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { connect } from "./repository.js";

const { mysql } = await backends("mysql");
const repository = connect(mysql);
const badges = ["bronze", "silver", "gold"];

const app = express();
app.get("/orders", async (request, response) => {
  const orders = await repository.orders(request.query.limit);
  const tiers = await repository.tiersOf(orders.map((order) => order.customer_id));
  response.json(orders.map((order) => ({ ...order, badge: badges[tiers.get(order.customer_id)] })));
});
await drive(createServer(app), ["/orders?limit=9", "/orders?limit=26"]);
await repository.close();
