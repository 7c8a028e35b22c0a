import type { Pool } from "pg";
import type { Customer, CustomersRepository } from "./customers-repository.js";

export class Loyalty {
  constructor(
    private readonly pool: Pool,
    private readonly customers: CustomersRepository,
  ) {}

  /** Slow on purpose: the caller has the customer already. */
  async levelOf(customerId: number): Promise<string> {
    const customer = await this.customers.byId(customerId);
    return customer === undefined ? "none" : this.levelFor(customer);
  }

  async levelFor(customer: Customer): Promise<string> {
    const { rows } = await this.pool.query<{ spent: string | null }>(
      "select sum(total_cents) as spent from orders where customer_id = $1",
      [customer.id],
    );
    return Number(rows[0]?.spent ?? 0) > 10_000 ? "gold" : "paper";
  }
}
