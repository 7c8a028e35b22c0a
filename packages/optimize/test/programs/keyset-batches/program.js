import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });
const batch = 8;

/** An export in batches, so that no answer is large: each starts where the last one ended. */
async function sumUpTo(last) {
  let [total, after] = [0, 0];
  for (;;) {
    // clean: a batch of rows each time, and the next is known only from this one
    const { rows } = await pool.query("select id, total from orders where id > $1 and id <= $2 order by id limit $3", [after, last, batch]);
    if (rows.length === 0) return total;
    total += rows.reduce((sum, row) => sum + row.total, 0);
    after = rows.at(-1).id;
  }
}

const server = createServer(answering((_, query) => sumUpTo(Number(query.get("upTo")))));
await drive(server, ["/export?upTo=40", "/export?upTo=60"]);
await pool.end();
