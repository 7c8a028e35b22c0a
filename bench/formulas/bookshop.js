/** The bookshop under the counters: how to start it, which requests exercise its routes, and how large its lists are. */
import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installCounters } from "./counters.js";

/** @typedef {import("./evaluate.js").Sizes} Sizes */
/** @typedef {{ route: string, path: string, body?: unknown, changes?: boolean }} Request  `changes`: what later requests count differs after it. */
/** @typedef {{ route: string, counts: import("./counters.js").Counts, sizes: Sizes, status: number }} Observation */

export const folder = fileURLToPath(new URL("../../examples/bookshop", import.meta.url));

const line = (/** @type {number} */ n) => ({ bookId: n, quantity: 1, cents: 990 });
/** The lists that requests bring with them. */
const lines = 4;
const basket = { customerId: 1, country: "DE", lines: Array.from({ length: lines }, (_, n) => line(n + 1)) };

/** @type {readonly Request[]} */
export const requests = [
  { route: "GET /health", path: "/health" },
  { route: "GET /books", path: "/books" },
  { route: "GET /books/genre/:genre", path: "/books/genre/travel" },
  { route: "GET /books/shelf/:genre", path: "/books/shelf/travel" },
  { route: "GET /books/inventory", path: "/books/inventory" },
  { route: "GET /books/showcase", path: "/books/showcase" },
  { route: "GET /books/with-authors", path: "/books/with-authors" },
  { route: "GET /books/:id", path: "/books/2" },
  { route: "GET /books/:id/details", path: "/books/2/details" },
  { route: "GET /books/:id/together", path: "/books/2/together" },
  { route: "GET /books/:id/similar", path: "/books/2/similar" },
  { route: "GET /customers/:id/summary", path: "/customers/2/summary" },
  { route: "GET /customers/:id/card", path: "/customers/2/card" },
  { route: "PATCH /customers/:id", path: "/customers/2", body: { name: "Ada" } },
  { route: "GET /orders", path: "/orders" },
  { route: "GET /orders/batch", path: "/orders/batch" },
  { route: "GET /orders/overview", path: "/orders/overview" },
  { route: "GET /orders/preview", path: "/orders/preview" },
  { route: "GET /orders/:id", path: "/orders/2" },
  { route: "POST /orders/quote", path: "/orders/quote", body: basket },
  { route: "POST /orders/total", path: "/orders/total", body: basket },
  { route: "GET /reviews/latest", path: "/reviews/latest" },
  { route: "GET /reviews/of/:book/any", path: "/reviews/of/2/any" },
  { route: "GET /reviews/of/:book/exists", path: "/reviews/of/2/exists" },
  { route: "GET /reviews/of/:book/headline", path: "/reviews/of/2/headline" },
  { route: "POST /reviews/recount", path: "/reviews/recount", body: {} },
  { route: "POST /reviews/recount-at-once", path: "/reviews/recount-at-once", body: {} },
  { route: "GET /reports/sales", path: "/reports/sales" },
  { route: "GET /reports/sales/pooled", path: "/reports/sales/pooled" },
  { route: "GET /reports/receipt", path: "/reports/receipt?title=a&price=1" },
  { route: "GET /reports/receipt/background", path: "/reports/receipt/background?title=a&price=1" },
  { route: "GET /shipments", path: "/shipments" },
  { route: "GET /shipments/batch", path: "/shipments/batch" },
  { route: "GET /shipments/rates/:country", path: "/shipments/rates/DE" },
  { route: "GET /shipments/zones", path: "/shipments/zones" },
  { route: "GET /search/terms", path: "/search/terms" },
  { route: "GET /search/terms/top", path: "/search/terms/top" },
  { route: "GET /search/views", path: "/search/views" },
  { route: "GET /search/views/at-once", path: "/search/views/at-once" },
  { route: "POST /search/views", path: "/search/views", body: { books: [1, 2, 3] } },
  { route: "GET /images/sizes", path: "/images/sizes" },
  { route: "GET /images/checksums", path: "/images/checksums" },
  { route: "GET /images/checksums/in-turn", path: "/images/checksums/in-turn" },
  { route: "POST /images/notes", path: "/images/notes", body: { lines: Array.from({ length: lines }, (_, n) => `note ${n}`) } },
  // Last, because they change how many orders are open.
  { route: "POST /orders", path: "/orders", body: basket, changes: true },
  { route: "POST /orders/:id/cancel", path: "/orders/2/cancel", body: {}, changes: true },
];

/**
 * Starts the shop in this process and observes every request and job once at each data size, each after a warm-up.
 *
 * @param {readonly number[]} orders  The data sizes.
 * @returns {Promise<Observation[][]>}
 */
export async function observeBookshop(orders) {
  if (!existsSync(`${folder}/node_modules`)) run(["ci"]);
  run(["run", "--silent", "build"]);
  const request = globalThis.fetch;
  const counters = await installCounters(`${folder}/package.json`);
  const { startEverything } = await import(pathToFileURL(`${folder}/dist/dev/shop.js`).href);
  const shop = await startEverything({ orders: orders[0] ?? 30, port: 0 });
  const observed = [];
  try {
    for (const size of orders) {
      await shop.database.seed(size);
      observed.push(await observe(shop, request, counters));
    }
  } finally {
    await shop.stop();
  }
  return observed;
}

/**
 * @param {any} shop
 * @param {typeof fetch} request
 * @param {{ take: () => import("./counters.js").Counts }} counters
 * @returns {Promise<Observation[]>}
 */
async function observe(shop, request, counters) {
  /** @type {Observation[]} */
  const observations = [];
  for (const { route, path, body, changes } of requests) {
    const send = async () => {
      const method = route.split(" ")[0] ?? "GET";
      const options = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      const response = await request(shop.url + path, { method, ...options });
      await response.arrayBuffer();
      return response.status;
    };
    if (changes !== true) await send();
    const sizes = await sizesOf(shop.database, route);
    counters.take();
    const status = await send();
    observations.push({ route, counts: counters.take(), sizes, status });
  }
  const jobs = [
    {
      route: "schedule 0 2 * * *",
      work: async () => (await shop.parts.invoices.writeAll(), shop.parts.invoices.settle([1200, -300, 450])),
    },
    { route: "schedule */30 * * * *", work: () => shop.parts.restock.letters() },
  ];
  for (const { route, work } of jobs) {
    const sizes = await sizesOf(shop.database, route);
    counters.take();
    await work();
    observations.push({ route, counts: counters.take(), sizes, status: 0 });
  }
  return observations;
}

/**
 * How long each route's lists are now, counted past the pool. A name means the list that the route walks.
 *
 * @param {{ count: (table: string, where?: string) => Promise<number> }} database
 * @param {string} route
 * @returns {Promise<Sizes>}
 */
async function sizesOf(database, route) {
  const books =
    route === "POST /reviews/recount"
      ? await database.count("(select distinct book_id from reviews) as reviewed")
      : route.startsWith("schedule")
        ? await database.count("books", "stock < 5")
        : await database.count("books");
  const files = 5;
  const rounds = Math.ceil((await database.count("orders")) / 200);
  return {
    orders: await database.count("orders", "status = 'open'"),
    books,
    // The rows that the route's own statement gives: one for each book, or the latest ones.
    reviews: route === "POST /reviews/recount" ? books : Math.min(40, await database.count("reviews")),
    shipments: await database.count("shipments", "not delivered"),
    names: files,
    lines,
    LINES: lines,
    rounds,
    // Lists without a name of their own, as the tool calls them: what a query or call gave, and turns of an endless loop.
    rows: books,
    readdir: files,
    elements: Math.min(40, await database.count("reviews")),
    steps: rounds + 1,
  };
}

/** @param {string[]} args */
function run(args) {
  const { status, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} in examples/bookshop failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
}
