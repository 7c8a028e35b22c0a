import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { backends } from "../support/backends.js";
import { drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

/** A request that lasts as long as somebody watches: one statement a tick, however many rows there are. */
const server = createServer(async (request, response) => {
  const { searchParams } = new URL(request.url, "http://shop");
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (let tick = 0; tick < Number(searchParams.get("ticks")); tick++) {
    // clean: once a tick, to see what changed
    const { rows } = await pool.query("select count(*)::int as count, clock_timestamp() as at from visits");
    response.write(`data: ${JSON.stringify(rows[0])}\n\n`);
    await sleep(25);
  }
  response.end();
});

await drive(server, ["/events?ticks=7", "/events?ticks=14"]);
await pool.end();
