import type { Pool } from "pg";
import type { OrdersRepository } from "../orders/index.js";

/** Writes the books of the day; every step is in order for a reason. */
export class Invoices {
  constructor(
    private readonly pool: Pool,
    private readonly orders: OrdersRepository,
  ) {}

  /** Walks all orders by cursor, a page at a time. */
  async writeAll(): Promise<number> {
    let last = 0;
    let written = 0;
    for (;;) {
      const page = await this.orders.after(last, 200);
      const final = page.at(-1);
      if (final === undefined) return written;
      await this.write(page.map((order) => order.id));
      last = final.id;
      written += page.length;
    }
  }

  private async write(ids: readonly number[]): Promise<void> {
    await this.pool.query("insert into invoices (order_id) select unnest($1::int[]) on conflict do nothing", [ids]);
  }

  /** Each balance stands on the one before it. */
  async settle(amounts: readonly number[]): Promise<number> {
    let balance = 0;
    for (const amount of amounts) {
      const { rows } = await this.pool.query<{ balance: number }>(
        "insert into ledger (amount_cents, balance_cents) values ($1, $2) returning balance_cents as balance",
        [amount, balance + amount],
      );
      balance = rows[0]?.balance ?? balance;
    }
    return balance;
  }
}
