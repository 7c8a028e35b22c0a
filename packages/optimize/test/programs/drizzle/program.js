import { createServer } from "node:http";
import { asc, eq, inArray } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });
const db = drizzle(pool);
const customers = pgTable("customers", { id: integer("id").primaryKey(), name: text("name") });
const orders = pgTable("orders", { id: integer("id").primaryKey(), customerId: integer("customer_id") });

const server = createServer(
  answering(async (request, query) => {
    // clean: once a request
    const rows = await db
      .select()
      .from(orders)
      .orderBy(asc(orders.id))
      .limit(Number(query.get("limit")));
    if (request.url.startsWith("/batched")) {
      const ids = rows.map((row) => row.customerId);
      // clean: one statement for all customers
      return db.select().from(customers).where(inArray(customers.id, ids));
    }
    return Promise.all(rows.map(withCustomer));
  }),
);

async function withCustomer(row) {
  // expect: n+1
  const [customer] = await db.select({ name: customers.name }).from(customers).where(eq(customers.id, row.customerId));
  return { ...row, customer };
}

await drive(server, ["/orders?limit=8", "/orders?limit=20", "/batched?limit=8", "/batched?limit=20"]);
await pool.end();
