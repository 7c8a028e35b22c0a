import { createServer } from "node:http";
import { answering, drive } from "../support/drive.js";
import { tables } from "../support/shop.js";

const { DatabaseSync } = await import("node:sqlite");
const db = new DatabaseSync(":memory:");
db.exec("create table customers (id integer primary key, name text); create table orders (id integer primary key, customer_id integer)");
const insert = db.prepare("insert into customers values (?, ?)");
// clean: at start
for (const { id, name } of tables.customers) insert.run(id, name);
const insertOrder = db.prepare("insert into orders values (?, ?)");
// clean: at start
for (const { id, customer_id } of tables.orders) insertOrder.run(id, customer_id);

const latest = db.prepare("select id, customer_id from orders order by id limit ?");
const customer = db.prepare("select name from customers where id = ?");
const joined = db.prepare("select o.id, c.name from orders o join customers c on c.id = o.customer_id order by o.id limit ?");

const routes = {
  "/each": (limit) => {
    const list = [];
    // clean: once a request
    for (const order of latest.all(limit)) {
      // expect: n+1
      list.push({ ...order, ...customer.get(order.customer_id) });
    }
    return list;
  },
  // clean: one statement a request
  "/joined": (limit) => joined.all(limit),
};

const server = createServer(answering((request, query) => routes[request.url.split("?")[0]](Number(query.get("limit")))));
await drive(
  server,
  Object.keys(routes).flatMap((path) => [`${path}?limit=8`, `${path}?limit=20`]),
);
db.close();
