import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

async function visits(path) {
  // clean: the same question has another answer after each write
  const { rows } = await pool.query("select count(*)::int as count from visits where path = $1", [path]);
  return rows[0].count;
}

async function add(path, times) {
  // clean: all rows in one statement
  await pool.query("insert into visits (path) select $1 from generate_series(1, $2::int)", [path, times]);
}

const server = createServer(
  answering(async (_, query) => {
    const path = `/${process.pid}`;
    const counts = [await visits(path)];
    await add(path, Number(query.get("times")));
    counts.push(await visits(path));
    await add(path, 1);
    counts.push(await visits(path));
    return counts;
  }),
);

await drive(server, ["/visit?times=3", "/visit?times=9"]);
await pool.end();
