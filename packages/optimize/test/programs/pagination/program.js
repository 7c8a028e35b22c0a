import { createServer } from "node:http";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { partner } = await backends("partner");

/** The partner gives ten orders at a time and says where to go on: no page can be asked for before the one before it. */
async function* pages(upTo) {
  for (let page = 1; page !== null;) {
    // clean: the next page is known only from this one
    const response = await fetch(`${partner}/orders?page=${page}&upTo=${upTo}`);
    const { orders, next } = await response.json();
    yield orders;
    page = next;
  }
}

const server = createServer(
  answering(async (_, query) => {
    let total = 0;
    for await (const orders of pages(query.get("upTo"))) total += orders.reduce((sum, order) => sum + order.total, 0);
    return total;
  }),
);

await drive(server, ["/total?upTo=50", "/total?upTo=60"]);
