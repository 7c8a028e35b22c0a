import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 5 });
const first = async (text, values) => (await pool.query(text, values)).rows[0];

/** However large the order is, it is these five. */
async function checkoutOf(orderId) {
  // clean: once a request, and the others need it
  const order = await first("select id, customer_id, total from orders where id = $1", [orderId]);
  const [customer, lines, history, rank] = await Promise.all([
    // clean: side by side
    first("select name, tier from customers where id = $1", [order.customer_id]),
    // clean: side by side
    first("select count(*)::int as count, sum(cents)::int as cents from items where order_id = $1", [order.id]),
    // clean: side by side
    first("select count(*)::int as orders from orders where customer_id = $1", [order.customer_id]),
    // clean: side by side
    first("select count(*)::int as larger from orders where total > $1", [order.total]),
  ]);
  return { order, customer, lines, history, rank };
}

const server = createServer(answering((_, query) => checkoutOf(Number(query.get("order")))));
await drive(server, ["/checkout?order=3", "/checkout?order=20", "/checkout?order=44", "/checkout?order=59"]);
await pool.end();
