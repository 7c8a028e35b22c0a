import { createServer } from "node:http";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { partner } = await backends("partner");

async function ask(path) {
  const response = await fetch(`${partner}${path}`);
  return response.json();
}

/** Each call needs what the one before it said: they can only run in turn. */
const server = createServer(
  answering(async (_, query) => {
    // clean: needed by the next
    const page = await ask(`/orders?page=1&upTo=${query.get("limit")}&ms=70`);
    const last = page.orders.at(-1);
    // clean: needs the order
    const customer = await ask(`/customers/${last.customer_id}?ms=70`);
    // clean: needs the customer
    const rating = await ask(`/ratings/${customer.id}?ms=70`);
    return { last, customer, rating };
  }),
);

await drive(server, ["/last?limit=4", "/last?limit=10"]);
