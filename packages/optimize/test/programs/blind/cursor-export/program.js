import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { and, asc, gt, lte } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { integer, pgTable } from "drizzle-orm/pg-core";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });
const db = drizzle(pool);
const orders = pgTable("orders", { id: integer("id").primaryKey(), total: integer("total") });
const pageSize = 8;

/** Never holds more than a page in memory. */
async function* allOrders(last) {
  for (let after = 0; ;) {
    const wanted = and(gt(orders.id, after), lte(orders.id, last));
    // clean: a page at a time
    const page = await db.select().from(orders).where(wanted).orderBy(asc(orders.id)).limit(pageSize);
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1).id;
  }
}

const server = createServer(async (request, response) => {
  const last = Number(new URL(request.url, "http://shop").searchParams.get("last"));
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  await pipeline(
    Readable.from(allOrders(last)),
    async function* (rows) {
      for await (const row of rows) yield `${JSON.stringify(row)}\n`;
    },
    response,
  );
});
await drive(server, ["/orders.ndjson?last=25", "/orders.ndjson?last=60"]);
await pool.end();
