import cron from "node-cron";
import type { Invoices } from "./invoices.js";
import type { Restock } from "./restock.js";

export function startTimetable(invoices: Invoices, restock: Restock): void {
  cron.schedule("0 2 * * *", async () => {
    await invoices.writeAll();
    await invoices.settle([1200, -300, 450]);
  });
  cron.schedule("*/30 * * * *", async () => {
    await restock.letters();
  });
}
