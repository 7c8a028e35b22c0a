import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

/** Every order asks for its items, and every item for the visits of its page: two problems, one inside the other. */
async function report(limit) {
  // clean: once a request
  const orders = await pool.query("select id from orders order by id limit $1", [limit]);
  const lines = [];
  for (const order of orders.rows) {
    // expect: n+1
    const items = await pool.query("select id, title from items where order_id = $1 order by id", [order.id]);
    for (const item of items.rows) {
      // expect: n+1
      const visits = await pool.query("select count(*)::int as count from visits where path = $1", [`/items/${item.id}`]);
      lines.push({ title: item.title, visits: visits.rows[0].count });
    }
  }
  return lines;
}

const server = createServer(answering((_, query) => report(Number(query.get("limit")))));
await drive(server, ["/report?limit=6", "/report?limit=13"]);
await pool.end();
