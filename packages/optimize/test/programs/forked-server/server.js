import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

const server = createServer(
  answering(async (_, query) => {
    // clean: once a request
    const { rows } = await pool.query("select id, customer_id from orders order by id limit $1", [Number(query.get("limit"))]);
    for (const order of rows) {
      // expect: n+1
      const customers = await pool.query("select name from customers where id = $1", [order.customer_id]);
      order.customer = customers.rows[0].name;
    }
    return rows;
  }),
);

server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.once("message", async () => {
  server.closeAllConnections();
  server.close();
  await pool.end();
  process.disconnect();
});
