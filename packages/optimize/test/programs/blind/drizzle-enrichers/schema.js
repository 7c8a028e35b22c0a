import { drizzle } from "drizzle-orm/node-postgres";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import pg from "pg";

export const customers = pgTable("customers", { id: integer("id").primaryKey(), name: text("name"), tier: integer("tier") });
export const orders = pgTable("orders", { id: integer("id").primaryKey(), customerId: integer("customer_id"), total: integer("total") });
export const items = pgTable("items", { id: integer("id").primaryKey(), orderId: integer("order_id"), cents: integer("cents") });

export function connect(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 3 });
  return { db: drizzle(pool), close: () => pool.end() };
}
