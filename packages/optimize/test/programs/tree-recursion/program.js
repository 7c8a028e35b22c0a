import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

/** The orders as a tree of twos: no loop is to be seen, and every node asks for its children. */
async function treeOf(id, last) {
  // expect: n+1
  const { rows } = await pool.query("select id, total from orders where id in ($1::int * 2, $1::int * 2 + 1) and id <= $2", [id, last]);
  const children = await Promise.all(rows.map((row) => treeOf(row.id, last)));
  return { id, children };
}

const server = createServer(answering((_, query) => treeOf(1, Number(query.get("last")))));
await drive(server, ["/tree?last=9", "/tree?last=27"]);
await pool.end();
