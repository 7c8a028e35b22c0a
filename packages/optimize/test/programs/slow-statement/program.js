import { createServer } from "node:http";
import Fastify from "fastify";
import pg from "pg";
import { backends } from "../support/backends.js";
import { drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });
const app = Fastify({ serverFactory: (handler) => createServer(handler) });

app.get("/report", async (request) => {
  // clean: quick
  const { rows: orders } = await pool.query("select count(*)::int as count from orders");
  const steps = orders[0].count * 8000 * Number(request.query.days);
  // expect: slow-statement
  const { rows } = await pool.query("select sum(sqrt(step)) as score from generate_series(1, $1::int) as steps(step)", [steps]);
  return { ...orders[0], ...rows[0] };
});

await app.ready();
await drive(app.server, ["/report?days=1", "/report?days=4"]);
await pool.end();
