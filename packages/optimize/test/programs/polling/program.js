import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString, partner } = await backends("pg", "partner");
const pool = new pg.Pool({ connectionString, max: 2 });

const routes = {
  /** Waits for a job of the other side. */
  "/job": async (rounds) => {
    for (;;) {
      // clean: asked again because the answer changes
      const response = await fetch(`${partner}/jobs/${process.pid}-${rounds}?rounds=${rounds}`);
      const job = await response.json();
      if (job.state === "done") return job;
      await sleep(15);
    }
  },
  /** Waits until the clock of the database has gone on. */
  "/row": async (rounds) => {
    const deadline = Date.now() + rounds * 15;
    for (;;) {
      // clean: asked again because the answer changes
      const { rows } = await pool.query("select extract(epoch from clock_timestamp()) * 1000 as now");
      if (Number(rows[0].now) >= deadline) return rounds;
      await sleep(15);
    }
  },
};

const server = createServer(answering((request, query) => routes[request.url.split("?")[0]](Number(query.get("rounds")))));
await drive(server, ["/job?rounds=6", "/job?rounds=12", "/row?rounds=8", "/row?rounds=16"]);
await pool.end();
