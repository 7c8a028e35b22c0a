import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
// Fewer connections than requests: each is used by many of them in turn.
const pool = new pg.Pool({ connectionString, max: 3 });

const server = createServer(
  answering(async (_, query) => {
    const [orders, others] = await Promise.all([
      // clean: once in each of many requests that run at the same time
      pool.query("select id, total from orders where customer_id = $1", [Number(query.get("customer"))]),
      // clean: the same parameters in every request, once in each
      pool.query("select name from customers where tier = $1 order by id limit $2", [1, 3]),
    ]);
    return [orders.rows, others.rows];
  }),
);

const paths = Array.from({ length: 24 }, (_, n) => `/orders?customer=${n + 1}`);
await drive(server, paths, { together: true });
await pool.end();
