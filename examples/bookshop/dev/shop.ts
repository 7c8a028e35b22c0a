import type { Parts } from "../src/composition.js";
import { startCarrier } from "./carrier.js";
import { startDatabase } from "./database.js";
import type { Database } from "./database.js";
import { startRedis } from "./redis.js";

export interface Shop {
  url: string;
  database: Database;
  parts: Parts;
  stop: () => Promise<void>;
}

/** The whole shop in one process: database, Redis, carrier, and the service itself. */
export async function startEverything(options: { orders: number; port: number; folder?: string }): Promise<Shop> {
  const database = await startDatabase(options.folder);
  if (await database.empty()) await database.seed(options.orders);
  const redis = await startRedis();
  const carrier = await startCarrier();
  // The configuration is read when the service is first imported.
  process.env["DATABASE_URL"] = database.url;
  process.env["REDIS_URL"] = redis.url;
  process.env["CARRIER_URL"] = carrier.url;
  const { startShop } = await import("../src/main.js");
  const shop = await startShop(options.port);
  return {
    url: `http://127.0.0.1:${shop.port}`,
    database,
    parts: shop.parts,
    stop: async () => {
      await shop.stop();
      await carrier.stop();
      await redis.stop();
      await database.stop();
    },
  };
}
