import pg from "pg";
import { config } from "../config.js";

const query = "select status, count(*)::int as orders, sum(total_cents)::int as cents from orders group by status";

export class Sales {
  constructor(private readonly pool: pg.Pool) {}

  /** Slow on purpose: a new connection for every report. */
  async byStatus(): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: config.databaseUrl });
    await client.connect();
    try {
      const { rows } = await client.query(query);
      return rows;
    } finally {
      await client.end();
    }
  }

  async byStatusPooled(): Promise<unknown[]> {
    const { rows } = await this.pool.query(query);
    return rows;
  }
}
