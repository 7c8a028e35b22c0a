import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });
const size = 8;

/** Long lists are asked for in chunks, because a statement takes only so many parameters. */
async function namesOf(ids) {
  const names = [];
  for (let at = 0; at < ids.length; at += size) {
    const chunk = ids.slice(at, at + size);
    // clean: batched already, eight rows a statement
    const { rows } = await pool.query("select name from customers where id = any($1::int[]) order by id", [chunk]);
    names.push(...rows.map((row) => row.name));
  }
  return names;
}

const server = createServer(answering((_, query) => namesOf(Array.from({ length: Number(query.get("limit")) }, (_, n) => n + 1))));
await drive(server, ["/names?limit=40", "/names?limit=60"]);
await pool.end();
