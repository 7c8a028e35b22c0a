import type { Pool } from "pg";
import type { Line } from "./orders-repository.js";

export class Pricing {
  constructor(private readonly pool: Pool) {}

  /** Slow on purpose: the rate is the same for every line. */
  async quote(country: string, lines: readonly Line[]): Promise<number> {
    let cents = 0;
    for (const line of lines) {
      const rate = await this.taxRate(country);
      cents += line.cents * line.quantity * (1 + rate);
    }
    return Math.round(cents);
  }

  /** The rate is read once. */
  async total(country: string, lines: readonly Line[]): Promise<number> {
    const rate = await this.taxRate(country);
    let cents = 0;
    for (const line of lines) cents += line.cents * line.quantity * (1 + rate);
    return Math.round(cents);
  }

  private async taxRate(country: string): Promise<number> {
    const { rows } = await this.pool.query<{ rate: number }>("select rate from tax_rates where country = $1", [country]);
    return rows[0]?.rate ?? 0;
  }
}
