import express from "express";
import Redis from "ioredis";
import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connectionString, redis: url } = await backends("pg", "redis");
const pool = new pg.Pool({ connectionString, max: 3 });
const redis = new Redis(url);
const run = process.pid;

async function summaryOf(orderId) {
  const key = `summary:${run}:${orderId}`;
  // expect: n+1
  const kept = await redis.get(key);
  if (kept !== null) return JSON.parse(kept);
  // expect: n+1
  const { rows } = await pool.query("select count(*)::int as items, sum(cents)::int as cents from items where order_id = $1", [orderId]);
  // expect: n+1
  await redis.set(key, JSON.stringify(rows[0]), "EX", 60);
  return rows[0];
}

const app = express();
app.get("/summaries", async (request, response) => {
  // clean: once a request
  const { rows } = await pool.query("select id from orders where id > $1 order by id limit $2", [request.query.after, request.query.size]);
  const summaries = await Promise.all(rows.map(({ id }) => summaryOf(id)));
  response.json(summaries);
});

await drive(createServer(app), ["/summaries?after=0&size=6", "/summaries?after=10&size=18"]);
redis.disconnect();
await pool.end();
