import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

/** The number of placeholders grows with the list, the number of statements does not. */
async function customersOf(orders) {
  const ids = orders.map((order) => order.customer_id);
  const places = ids.map((_, n) => `$${n + 1}`).join(", ");
  // clean: one statement for all customers
  const { rows } = await pool.query(`select id, name from customers where id in (${places})`, ids);
  return new Map(rows.map((row) => [row.id, row.name]));
}

const server = createServer(
  answering(async (_, query) => {
    // clean: once a request
    const { rows } = await pool.query("select id, customer_id from orders order by id limit $1", [Number(query.get("limit"))]);
    const names = await customersOf(rows);
    return rows.map((order) => ({ ...order, customer: names.get(order.customer_id) }));
  }),
);

await drive(server, ["/orders?limit=8", "/orders?limit=20", "/orders?limit=40"]);
await pool.end();
