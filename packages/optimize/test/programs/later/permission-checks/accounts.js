import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { integer, pgTable } from "drizzle-orm/pg-core";
import pg from "pg";

const customers = pgTable("customers", { id: integer("id").primaryKey(), tier: integer("tier") });
const orders = pgTable("orders", { id: integer("id").primaryKey(), total: integer("total") });

export function openAccounts(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 2 });
  const db = drizzle(pool);
  return {
    async tierOf(user) {
      // expect: duplicate-statement
      const [row] = await db.select({ tier: customers.tier }).from(customers).where(eq(customers.id, user));
      return row.tier;
    },
    async documentOf(id) {
      // clean: once a request
      const [row] = await db.select().from(orders).where(eq(orders.id, id));
      return row;
    },
    close: () => pool.end(),
  };
}
