import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 4 });

/** Three figures of a dashboard, each some time in the database, none of which the others need. */
const server = createServer(
  answering(async (_, query) => {
    const steps = Number(query.get("steps"));
    // expect: sequential-calls, 3 lines
    const sum = await pool.query("select sum(step) as value from generate_series(1, $1::int) as steps(step)", [steps]);
    const roots = await pool.query("select avg(sqrt(step)) as value from generate_series(1, $1::int) as steps(step)", [steps]);
    const most = await pool.query("select max(step * 2) as value from generate_series(1, $1::int) as steps(step)", [steps]);
    return [sum, roots, most].map(({ rows }) => Number(rows[0].value));
  }),
);

await drive(server, ["/dashboard?steps=100000", "/dashboard?steps=160000"]);
await pool.end();
