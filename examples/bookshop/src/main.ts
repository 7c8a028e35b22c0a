import type { Server } from "node:http";
import { createApp } from "./app.js";
import { compose } from "./composition.js";
import type { Parts } from "./composition.js";
import { pool } from "./database/index.js";
import { startTimetable } from "./jobs/index.js";

/** Starts the shop on a loopback port (0: any free one). */
export async function startShop(port: number): Promise<{ port: number; parts: Parts; stop: () => Promise<void> }> {
  const parts = compose();
  const app = createApp(parts);
  const stopTimetable = startTimetable(parts.invoices, parts.restock);
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(port, "127.0.0.1", () => resolve(listening));
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    parts,
    stop: async () => {
      await stopTimetable();
      await new Promise((resolve) => server.close(resolve));
      parts.redis.disconnect();
      await pool.end();
    },
  };
}
