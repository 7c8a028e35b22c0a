import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

/** A clock that looks for work, whatever requests do meanwhile. */
const clock = setInterval(async () => {
  // clean: of no request, once a tick
  await pool.query("select id from orders where total > $1 limit 1", [1000]);
}, 20);

const server = createServer(
  answering(async (_, query) => {
    const limit = Number(query.get("limit"));
    // clean: once a request
    const { rows } = await pool.query("select id, total from orders order by id limit $1", [limit]);
    await sleep(limit * 10);
    return rows;
  }),
);

await drive(server, ["/orders?limit=10", "/orders?limit=25"]);
clearInterval(clock);
await pool.end();
