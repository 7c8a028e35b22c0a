import express from "express";
import Redis from "ioredis";
import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connectionString, redis: url } = await backends("pg", "redis");
const pool = new pg.Pool({ connectionString, max: 3 });
const redis = new Redis(url);

const checks = {
  // clean: once a check
  database: () => pool.query("select 1"),
  // clean: once a check
  cache: () => redis.ping(),
};

const app = express();
app.get("/livez", (_, response) => response.end("ok"));
app.get("/readyz", async (_, response) => {
  const states = await Promise.allSettled(Object.values(checks).map((check) => check()));
  response.status(states.every(({ status }) => status === "fulfilled") ? 200 : 503).json(states.map(({ status }) => status));
});

await drive(
  createServer(app),
  Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? "/livez" : "/readyz")),
);
redis.disconnect();
await pool.end();
