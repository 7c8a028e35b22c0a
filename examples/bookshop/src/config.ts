import { readFileSync } from "node:fs";

/** Read once, before the first request. */
const zones = JSON.parse(readFileSync(new URL("../../assets/shipping-zones.json", import.meta.url), "utf8")) as Record<string, string>;

export const config = {
  databaseUrl: process.env["DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/postgres",
  redisUrl: process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379",
  carrierUrl: process.env["CARRIER_URL"] ?? "http://127.0.0.1:9090",
  zones,
};

export const assets = new URL("../../assets/", import.meta.url);
