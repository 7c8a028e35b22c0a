import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString, partner } = await backends("pg", "partner");
const pool = new pg.Pool({ connectionString, max: 2 });

async function withRetry(work) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt === 9) throw error;
      await sleep(attempt);
    }
  }
}

const routes = {
  /** The other side is down for a while. */
  "/partner": (failures, query) =>
    withRetry(async () => {
      // clean: the same question again because it failed
      const response = await fetch(`${partner}/flaky/${process.pid}-${query.get("key")}?failures=${failures}`);
      if (!response.ok) throw new Error(`the partner answered ${response.status}`);
      return response.json();
    }),
  /** The statement fails until the last attempt, as one that meets others in a transaction does. */
  "/database": (failures) =>
    withRetry(async (attempt) => {
      // clean: the same statement again because it failed
      const { rows } = await pool.query("select 12 / $1::int as share", [attempt > failures ? 3 : 0]);
      return rows;
    }),
};

const server = createServer(answering((request, query) => routes[request.url.split("?")[0]](Number(query.get("failures")), query)));
await drive(server, ["/partner?key=a&failures=5", "/partner?key=b&failures=7", "/database?failures=5", "/database?failures=7"]);
await pool.end();
