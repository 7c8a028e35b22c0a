import { createServer } from "node:http";
import express from "express";
import pg from "pg";
import { backends } from "../support/backends.js";
import { drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });
const app = express();

/** Both routes run at the same time over the same three connections: what one asks must not count for the other. */
app.get("/items", async (request, response) => {
  // clean: once a request
  const orders = await pool.query("select id from orders order by id limit $1", [Number(request.query.limit)]);
  const lists = await Promise.all(
    orders.rows.map(({ id }) => {
      // expect: n+1
      return pool.query("select title from items where order_id = $1", [id]);
    }),
  );
  response.json(lists.map(({ rows }) => rows.length));
});

app.get("/customer/:id", async (request, response) => {
  // clean: once a request
  const { rows } = await pool.query("select name from customers where id = $1", [Number(request.params.id)]);
  response.json(rows[0]);
});

const customers = Array.from({ length: 12 }, (_, n) => `/customer/${n + 1}`);
await drive(createServer(app), ["/items?limit=8", ...customers, "/items?limit=22"], { together: true });
await pool.end();
