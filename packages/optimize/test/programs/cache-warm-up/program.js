import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });
const names = new Map();

// Once in the life of the process, and no request waits for it.
for (let id = 1; id <= 25; id++) {
  // clean: at start
  const { rows } = await pool.query("select name from customers where id = $1", [id]);
  names.set(id, rows[0].name);
}

/** A name that is not yet known is asked for once. */
async function nameOf(id) {
  // clean: filled at start, at most once a name
  if (!names.has(id)) names.set(id, (await pool.query("select name from customers where id = $1", [id])).rows[0].name);
  return names.get(id);
}

const server = createServer(
  answering((_, query) => Promise.all(Array.from({ length: Number(query.get("limit")) }, (_, n) => nameOf(n + 1)))),
);
await drive(server, ["/names?limit=10", "/names?limit=26"]);
await pool.end();
