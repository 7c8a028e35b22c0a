import { backends } from "../../support/backends.js";
import { InvoiceJob } from "./invoice-job.js";
import { OrderRepository } from "./order-repository.js";
import pg from "pg";

/** A nightly job: no request is behind it. It runs for a small tenant, then for a large one. */
const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });
const job = new InvoiceJob(new OrderRepository(pool));

for (const upTo of [7, 24]) {
  const invoices = await job.run(upTo);
  console.log(`${invoices.length} invoices, ${invoices.reduce((sum, { cents }) => sum + cents, 0)} cents`);
}
await pool.end();
