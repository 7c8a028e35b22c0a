import express from "express";
import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";
import { PriceRules } from "./rules.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });
const rules = new PriceRules(pool);

const priceOf = async (cents, customer) => Math.round((cents * (100 - (await rules.discountOf(customer)))) / 100);

const app = express();
app.get("/basket/:order", async (request, response) => {
  // clean: once a request
  const { rows: items } = await pool.query("select * from items where order_id <= $1 order by id", [request.params.order]);
  const customer = Number(request.query.customer);
  const lines = [];
  for (const item of items) lines.push({ title: item.title, cents: await priceOf(item.cents, customer) });
  response.json(lines);
});
await drive(createServer(app), ["/basket/4?customer=5", "/basket/9?customer=11"]);
await pool.end();
