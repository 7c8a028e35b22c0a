import { config } from "../config.js";
import type { CustomersRepository } from "./customers-repository.js";

export interface Card {
  label: string;
}

/** Cards of customers, from the database. */
export class CustomerDirectory {
  constructor(private readonly customers: CustomersRepository) {}

  async cardOf(id: number): Promise<Card> {
    return this.lookUp(id);
  }

  private async lookUp(id: number): Promise<Card> {
    const customer = await this.customers.byId(id);
    return { label: customer === undefined ? "unknown" : `${customer.name} (${customer.country})` };
  }
}

/** Cards of countries, from memory: the same names, and no query. */
export class CountryDirectory {
  private readonly cards = new Map(Object.entries(config.zones).map(([country, zone]) => [country, { label: `${country} (${zone})` }]));

  async cardOf(country: string): Promise<Card> {
    return this.lookUp(country);
  }

  private async lookUp(country: string): Promise<Card> {
    return this.cards.get(country) ?? { label: "unknown" };
  }
}
