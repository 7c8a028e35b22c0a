import { createServer } from "node:http";
import { once } from "node:events";
import createKnex from "knex";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connection } = await backends("pg");
const knex = createKnex({ client: "pg", connection, pool: { min: 0, max: 3 } });

const columns = {
  order: (order) => order.id,
  total: (order) => (order.total / 100).toFixed(2),
  customer: (order) => order.name,
};

async function lineOf(order) {
  const cells = [];
  for (const cell of Object.values(columns)) cells.push(await cell(order));
  return `${cells.join(";")}\n`;
}

const server = createServer(async (request, response) => {
  const upTo = Number(new URL(request.url, "http://shop").searchParams.get("upTo"));
  response.writeHead(200, { "content-type": "text/csv" });
  // clean: the names come with the rows
  const orders = await knex("orders as o")
    .join("customers as c", "c.id", "o.customer_id")
    .where("o.id", "<=", upTo)
    .orderBy("o.total", "desc")
    .select("o.id", "o.total", "c.name");
  for (const order of orders) if (!response.write(await lineOf(order))) await once(response, "drain");
  response.end();
});
await drive(server, ["/export.csv?upTo=8", "/export.csv?upTo=23"]);
await knex.destroy();
