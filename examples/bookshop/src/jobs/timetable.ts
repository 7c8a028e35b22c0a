import cron from "node-cron";
import type { Invoices } from "./invoices.js";
import type { Restock } from "./restock.js";

/** Gives the function that stops it. */
export function startTimetable(invoices: Invoices, restock: Restock): () => Promise<void> {
  const nightly = cron.schedule("0 2 * * *", async () => {
    await invoices.writeAll();
    await invoices.settle([1200, -300, 450]);
  });
  const restocking = cron.schedule("*/30 * * * *", async () => {
    await restock.letters();
  });
  return async () => {
    await nightly.destroy();
    await restocking.destroy();
  };
}
