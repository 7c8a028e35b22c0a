import Fastify from "fastify";
import createKnex from "knex";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connection } = await backends("pg");
const knex = createKnex({ client: "pg", connection, pool: { min: 0, max: 3 } });

class OrderQueries {
  async page(size) {
    // clean: once a request
    const orders = await knex("orders").select("id", "customer_id").orderBy("id").limit(size);
    const ids = orders.map(({ id }) => id);
    const [customers, items] = await Promise.all([this.customers(orders), this.items(ids)]);
    return orders.map((order) => ({
      id: order.id,
      customer: customers.get(order.customer_id).name,
      items: items.filter((item) => item.order_id === order.id).map(({ title }) => title),
    }));
  }

  async customers(orders) {
    const wanted = orders.map((order) => order.customer_id);
    // clean: one statement for all rows
    const rows = await knex("customers").whereIn("id", wanted);
    return new Map(rows.map((row) => [row.id, row]));
  }

  items(orderIds) {
    // clean: one statement for all rows
    return knex("items").select("order_id", "title").whereIn("order_id", orderIds);
  }
}

const queries = new OrderQueries();
const app = Fastify();
app.get("/orders", (request) => queries.page(Number(request.query.size)));
await app.ready();
await drive(app.server, ["/orders?size=6", "/orders?size=24"]);
await app.close();
await knex.destroy();
