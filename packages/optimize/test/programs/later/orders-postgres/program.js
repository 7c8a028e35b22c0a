import { createServer } from "node:http";
import postgres from "postgres";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg } = await backends("pg");
const sql = postgres(pg, { max: 3, onnotice: () => {} });

const describe = async (order) => {
  // expect: n+1
  const items = await sql`select title from items where order_id = ${order.id}`;
  return { ...order, items: items.map(({ title }) => title) };
};

const pages = {
  async each(limit) {
    // clean: once a request
    const orders = await sql`select id, total from orders order by id limit ${limit}`;
    return Promise.all(orders.map(describe));
  },
  async together(limit) {
    // clean: once a request
    const orders = await sql`select id, total from orders order by total limit ${limit}`;
    // clean: one statement for all of them
    const items = await sql`select order_id, title from items where order_id in ${sql(orders.map(({ id }) => id))}`;
    return orders.map((order) => ({ ...order, items: items.filter((item) => item.order_id === order.id) }));
  },
};

const server = createServer(answering((request, query) => pages[request.url.slice(1).split("?")[0]](Number(query.get("limit")))));
await drive(server, ["/each?limit=7", "/each?limit=24", "/together?limit=7", "/together?limit=24"]);
await sql.end();
