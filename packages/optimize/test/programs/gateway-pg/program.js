import { createServer } from "node:http";
import { answering, drive } from "../support/drive.js";
import { close, one, query } from "./gateway.cjs";

const server = createServer(
  answering(async (request, search) => {
    // clean: once a request
    const orders = await query("select id, customer_id from orders order by id limit $1", [Number(search.get("limit"))]);
    if (request.url.startsWith("/names")) return namesOf(orders.map((order) => order.customer_id));
    const list = [];
    for (const order of orders) list.push({ ...order, items: await itemsOf(order) });
    return list;
  }),
);

/** Every statement goes through the gateway: what is wrong is wrong here, not there. */
async function itemsOf(order) {
  // expect: n+1
  const items = await query("select title, cents from items where order_id = $1", [order.id]);
  return items.map((item) => item.title);
}

async function namesOf(ids) {
  // clean: one statement for all of them
  const row = await one("select array_agg(name) as names from customers where id = any($1)", [ids]);
  return row.names;
}

await drive(server, ["/orders?limit=8", "/orders?limit=20", "/names?limit=8", "/names?limit=20"]);
await close();
