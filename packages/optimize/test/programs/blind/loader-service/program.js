import DataLoader from "dataloader";
import express from "express";
import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

/** Loaders of one request. */
const loaders = () => ({
  customer: new DataLoader(async (ids) => {
    // clean: one statement for all customers of the request
    const { rows } = await pool.query("select id, name from customers where id = any($1::int[])", [ids]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }),
  items: new DataLoader(async (ids) => {
    // clean: one statement for the items of all orders
    const { rows } = await pool.query("select order_id, title from items where order_id = any($1::int[])", [ids]);
    const byOrder = Map.groupBy?.(rows, (row) => row.order_id) ?? group(rows);
    return ids.map((id) => byOrder.get(id) ?? []);
  }),
});

function group(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.order_id, [...(groups.get(row.order_id) ?? []), row]);
  return groups;
}

const app = express();
app.use((request, _, next) => {
  request.loaders = loaders();
  next();
});
app.get("/orders", async (request, response) => {
  // clean: once a request
  const { rows } = await pool.query("select id, customer_id from orders order by id limit $1", [request.query.limit]);
  const present = async (order) => {
    const [customer, items] = await Promise.all([
      // clean: batched by the loader
      request.loaders.customer.load(order.customer_id),
      request.loaders.items.load(order.id),
    ]);
    return { id: order.id, customer: customer.name, items: items.length };
  };
  response.json(await Promise.all(rows.map(present)));
});

await drive(createServer(app), ["/orders?limit=7", "/orders?limit=22"]);
await pool.end();
