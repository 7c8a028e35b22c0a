import { createServer } from "node:http";
import { answering, drive } from "../support/drive.js";
import { close, customerOf, latestOrders } from "./repository.js";

const server = createServer(
  answering(async (_, query) => {
    const orders = await latestOrders(Number(query.get("limit")));
    return Promise.all(orders.map(async (order) => ({ ...order, customer: await customerOf(order) })));
  }),
);

await drive(server, ["/orders?limit=8", "/orders?limit=20"]);
await close();
