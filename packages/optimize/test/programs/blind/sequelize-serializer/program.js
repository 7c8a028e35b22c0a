import express from "express";
import { createServer } from "node:http";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { connect } from "./models.js";
import { serializeAll } from "./serializer.js";

const { pg } = await backends("pg");
const { sequelize, Order } = connect(pg);

const app = express();
app.get("/orders", async (request, response) => {
  // clean: once a request
  const orders = await Order.findAll({ limit: Number(request.query.limit), order: [["total", "DESC"]] });
  response.json({ data: await serializeAll(orders) });
});

await drive(createServer(app), ["/orders?limit=5", "/orders?limit=17"]);
await sequelize.close();
