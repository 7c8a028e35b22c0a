import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";
import { Lru } from "./lru.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

/** The cache is cold after every deployment, and then each row is asked for by itself. */
const cache = new Lru(500, async (id) => {
  // expect: n+1
  const { rows } = await pool.query("select name, tier from customers where id = $1", [id]);
  return rows[0];
});

const server = createServer(
  answering(async (_, query) => {
    // clean: once a request
    const page = await pool.query("select id, customer_id from orders order by id offset $1 limit $2", [
      query.get("from"),
      query.get("size"),
    ]);
    const out = [];
    for (const order of page.rows) out.push({ id: order.id, customer: await cache.get(order.customer_id) });
    return out;
  }),
);
await drive(server, ["/orders?from=0&size=7", "/orders?from=20&size=21"]);
await pool.end();
