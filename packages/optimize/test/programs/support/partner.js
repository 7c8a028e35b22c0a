import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { listen } from "./listen.js";
import { customers, orders } from "./shop.js";

/** Another company's HTTP service: each answer takes a few milliseconds, or as many as `?ms=` says. */
export async function startPartner() {
  const asked = new Map();
  const count = (key) => {
    asked.set(key, (asked.get(key) ?? 0) + 1);
    return asked.get(key);
  };
  const routes = {
    /** One credit rating, or those of `?ids=1,2,3`. */
    ratings: (id, query) =>
      id === undefined
        ? (query.get("ids") ?? "").split(",").map((one) => ({ id: Number(one), rating: Number(one) % 5 }))
        : { id: Number(id), rating: id % 5 },
    /** Pages of ten orders, with the number of the next one. */
    orders: (_, query) => {
      const page = Number(query.get("page") ?? 1);
      const last = Number(query.get("upTo") ?? 60);
      return { orders: orders.slice((page - 1) * 10, Math.min(last, page * 10)), next: page * 10 < last ? page + 1 : null };
    },
    /** A job that is done when it was asked for often enough. */
    jobs: (id, query) => ({ id, state: count(`job ${id}`) >= Number(query.get("rounds")) ? "done" : "running" }),
    /** Fails so many times before it answers. */
    flaky: (id, query) => (count(`flaky ${id}`) > Number(query.get("failures")) ? { id, value: 42 } : undefined),
    customers: (id) => customers[Number(id) - 1],
    echo: (id) => ({ id }),
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://partner");
    const [, name, id] = pathname.split("/");
    await sleep(Number(searchParams.get("ms") ?? 3));
    const answer = routes[name]?.(id, searchParams);
    response.writeHead(answer === undefined ? 503 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { error: "try again" }));
  });
  server.keepAliveTimeout = 1000;
  return `http://127.0.0.1:${await listen(server)}`;
}
