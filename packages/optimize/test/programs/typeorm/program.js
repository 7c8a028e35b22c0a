import { createServer } from "node:http";
import typeorm from "typeorm";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { DataSource, EntitySchema, In } = typeorm;
const { pg: url } = await backends("pg");
const id = { type: "int", primary: true };
const Customer = new EntitySchema({ name: "Customer", tableName: "customers", columns: { id, name: { type: "text" } } });
const Order = new EntitySchema({
  name: "Order",
  tableName: "orders",
  columns: { id, total: { type: "int" }, customerId: { type: "int", name: "customer_id" } },
  relations: { customer: { type: "many-to-one", target: "Customer", lazy: true, joinColumn: { name: "customer_id" } } },
});
const source = await new DataSource({ type: "postgres", url, entities: [Customer, Order], poolSize: 3 }).initialize();
const orderRows = source.getRepository("Order");
const customerRows = source.getRepository("Customer");

const server = createServer(
  answering(async (request, query) => {
    // clean: once a request
    const orders = await orderRows.find({ take: Number(query.get("limit")), order: { id: "ASC" } });
    if (request.url.startsWith("/lazy")) return lazily(orders);
    if (request.url.startsWith("/batched")) {
      // clean: one statement for all customers
      const customers = await customerRows.findBy({ id: In(orders.map((order) => order.customerId)) });
      return customers.map(({ name }) => name);
    }
    const names = [];
    for (const order of orders) {
      // expect: n+1
      const customer = await customerRows.findOneBy({ id: order.customerId });
      names.push(customer.name);
    }
    return names;
  }),
);

/** No call is to be seen: reading the relation asks the database. */
async function lazily(orders) {
  const names = [];
  for (const order of orders) {
    // expect: n+1
    const customer = await order.customer;
    names.push(customer.name);
  }
  return names;
}

const paths = ["/orders", "/lazy", "/batched"].flatMap((path) => [`${path}?limit=6`, `${path}?limit=15`]);
await drive(server, paths);
await source.destroy();
