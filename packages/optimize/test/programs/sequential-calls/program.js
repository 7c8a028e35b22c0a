import { createServer } from "node:http";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { partner } = await backends("partner");

async function ask(path) {
  const response = await fetch(`${partner}${path}`);
  return response.json();
}

const routes = {
  /** None of the three needs what another one said. */
  "/one-by-one": async (id) => {
    // expect: sequential-calls, 3 lines
    const customer = await ask(`/customers/${id}?ms=80`);
    const rating = await ask(`/ratings/${id}?ms=80`);
    const page = await ask(`/orders?page=1&upTo=10&ms=80`);
    return { customer, rating, page };
  },
  "/at-once": async (id) => {
    // clean: all three are on their way at once
    const [customer, rating, page] = await Promise.all([
      ask(`/customers/${id}?ms=80`),
      ask(`/ratings/${id}?ms=80`),
      ask(`/orders?page=1&upTo=10&ms=80`),
    ]);
    return { customer, rating, page };
  },
};

const server = createServer(answering((request, query) => routes[request.url.split("?")[0]](Number(query.get("customer")))));
await drive(
  server,
  Object.keys(routes).flatMap((path) => [`${path}?customer=3`, `${path}?customer=40`]),
);
