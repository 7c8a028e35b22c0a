import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

/** Who referred whom: a customer's order names the one before. Each step is known from the last one only. */
async function chainFrom(id, most) {
  const chain = [];
  let next = id;
  while (next !== undefined && chain.length < most) {
    // clean: each row says which one to read next
    const { rows } = await pool.query("select id, id - 1 as referrer from customers where id = $1", [next]);
    chain.push(rows[0].id);
    next = rows[0].referrer;
  }
  return chain;
}

/** The same in one statement. */
async function chainAtOnce(id, most) {
  // clean: one recursive statement
  const { rows } = await pool.query(
    `with recursive chain as (
       select id, 1 as place from customers where id = $1
       union all select customers.id, place + 1 from customers join chain on customers.id = chain.id - 1 where place < $2
     ) select id from chain order by place`,
    [id, most],
  );
  return rows.map((row) => row.id);
}

const server = createServer(
  answering((request, query) =>
    (request.url.startsWith("/slow") ? chainFrom : chainAtOnce)(Number(query.get("id")), Number(query.get("most"))),
  ),
);
await drive(server, ["/slow?id=30&most=6", "/slow?id=50&most=15", "/fast?id=30&most=6", "/fast?id=50&most=15"]);
await pool.end();
