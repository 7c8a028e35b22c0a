import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg: connectionString, partner } = await backends("pg", "partner");
const pool = new pg.Pool({ connectionString, max: 2 });

/** Asks again after an answer that is the other side's fault. */
async function patiently(url) {
  for (let attempt = 1; ; attempt += 1) {
    // clean: asked again because it failed
    const response = await fetch(url);
    if (response.ok) return response.json();
    if (attempt === 8) throw new Error(`${url} answered ${response.status}`);
    await sleep(attempt);
  }
}

async function* pagesUpTo(last) {
  let page = 1;
  while (page !== null) {
    // clean: the next page is known from this one
    const response = await fetch(`${partner}/orders?page=${page}&upTo=${last}`);
    const { orders, next } = await response.json();
    yield orders;
    page = next;
  }
}

let runs = 0;
async function sync(last) {
  await patiently(`${partner}/flaky/sync-${process.pid}-${runs++}?failures=6`);
  let changed = 0;
  for await (const orders of pagesUpTo(last)) {
    const ids = orders.map(({ id }) => id);
    const totals = orders.map(({ total }) => total);
    // clean: one statement for a page of ten
    const { rowCount } = await pool.query(
      "update orders set total = fresh.total from unnest($1::int[], $2::int[]) as fresh (id, total) where orders.id = fresh.id",
      [ids, totals],
    );
    changed += rowCount;
  }
  return { changed };
}

await drive(createServer(answering((_, query) => sync(Number(query.get("upTo"))))), ["/?upTo=20", "/?upTo=60"]);
await pool.end();
