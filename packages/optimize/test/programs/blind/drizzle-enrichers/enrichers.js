import { eq, sum } from "drizzle-orm";
import { customers, items } from "./schema.js";

async function addCustomer(db, row) {
  // expect: n+1
  const [customer] = await db.select({ name: customers.name }).from(customers).where(eq(customers.id, row.customerId)).limit(1);
  return { ...row, customer: customer?.name };
}

async function addWorth(db, row) {
  // expect: n+1
  const [{ cents }] = await db
    .select({ cents: sum(items.cents) })
    .from(items)
    .where(eq(items.orderId, row.id));
  return { ...row, cents: Number(cents) };
}

const enrichers = [addCustomer, addWorth];

/** Each enricher sees what the one before it added. */
export async function enrich(db, page) {
  let rows = page;
  for (const add of enrichers) rows = await Promise.all(rows.map((row) => add(db, row)));
  return rows;
}
