import { createServer } from "node:http";
import makeKnex from "knex";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connection } = await backends("pg");
const knex = makeKnex({ client: "pg", connection, pool: { min: 0, max: 3 } });

const server = createServer(
  answering(async (request, query) => {
    // clean: once a request
    const orders = await knex("orders")
      .select("id")
      .orderBy("id")
      .limit(Number(query.get("limit")));
    if (request.url.startsWith("/batched")) {
      const ids = orders.map((order) => order.id);
      // clean: one statement for all orders
      return knex("items").whereIn("order_id", ids).select("title");
    }
    let cents = 0;
    for (const order of orders) cents += await sumOf(order.id);
    return { cents };
  }),
);

async function sumOf(id) {
  // A builder asks nothing until it is waited for.
  const items = knex("items").where({ order_id: id });
  // expect: n+1
  const [{ sum }] = await items.sum("cents");
  return Number(sum);
}

await drive(server, ["/sums?limit=6", "/sums?limit=17", "/batched?limit=6", "/batched?limit=17"]);
await knex.destroy();
