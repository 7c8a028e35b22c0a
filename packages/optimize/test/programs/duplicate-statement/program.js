import { createServer } from "node:http";
import express from "express";
import pg from "pg";
import { backends } from "../support/backends.js";
import { drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });
const app = express();

/** Asked by everybody who wants to know who is there: the same row, several times in one request. */
async function currentCustomer(request) {
  // expect: duplicate-statement
  const { rows } = await pool.query("select id, name, tier from customers where id = $1", [Number(request.query.as)]);
  return rows[0];
}

app.use(async (request, response, next) => {
  const customer = await currentCustomer(request);
  if (customer === undefined) response.status(401).end();
  else next();
});

app.use(async (request, response, next) => {
  const { tier } = await currentCustomer(request);
  response.set("x-tier", String(tier));
  next();
});

app.get("/orders", async (request, response) => {
  const customer = await currentCustomer(request);
  // clean: once a request
  const { rows } = await pool.query("select id, total from orders where customer_id <= $1 order by id limit $2", [
    customer.id,
    Number(request.query.limit),
  ]);
  const { name } = await currentCustomer(request);
  response.json({ name, orders: rows });
});

await drive(createServer(app), ["/orders?as=30&limit=5", "/orders?as=60&limit=25", "/orders?as=40&limit=10"]);
await pool.end();
