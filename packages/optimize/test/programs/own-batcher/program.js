import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

/** A loader written by hand: what is asked for in one turn of the loop is asked of the database together, for whatever requests it came from. */
let waiting = new Map();

function customerOf(id) {
  if (waiting.size === 0) setImmediate(flush);
  const entry = waiting.get(id) ?? { resolvers: [] };
  waiting.set(id, entry);
  return new Promise((resolve) => entry.resolvers.push(resolve));
}

async function flush() {
  const batch = waiting;
  waiting = new Map();
  // clean: once for all that waited
  const { rows } = await pool.query("select id, name from customers where id = any($1::int[])", [[...batch.keys()]]);
  for (const row of rows) for (const resolve of batch.get(row.id).resolvers) resolve(row.name);
}

const server = createServer(
  answering((_, query) => {
    const ids = Array.from({ length: Number(query.get("limit")) }, (_, n) => n + 1);
    // clean: waits for the batch
    return Promise.all(ids.map((id) => customerOf(id)));
  }),
);
await drive(server, ["/names?limit=8", "/names?limit=20", "/names?limit=30"], { together: true });
await pool.end();
