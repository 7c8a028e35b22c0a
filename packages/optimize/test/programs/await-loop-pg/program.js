import { createServer } from "node:http";
import express from "express";
import pg from "pg";
import { backends } from "../support/backends.js";
import { drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 4 });
const app = express();

app.get("/orders", async (request, response) => {
  const orders = await pool.query("select id, customer_id from orders order by id limit $1", [Number(request.query.limit)]);
  const list = [];
  for (const order of orders.rows) {
    // expect: n+1
    const customers = await pool.query("select name from customers where id = $1", [order.customer_id]);
    list.push({ id: order.id, customer: customers.rows[0].name });
  }
  response.json(list);
});

app.get("/orders/joined", async (request, response) => {
  // clean: one statement a request
  const { rows } = await pool.query("select o.id, c.name from orders o join customers c on c.id = o.customer_id order by o.id limit $1", [
    Number(request.query.limit),
  ]);
  response.json(rows);
});

await drive(createServer(app), ["/orders?limit=8", "/orders?limit=20", "/orders/joined?limit=8", "/orders/joined?limit=20"]);
await pool.end();
