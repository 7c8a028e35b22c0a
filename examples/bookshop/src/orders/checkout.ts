import type { Pool } from "pg";
import { inTransaction } from "../database/index.js";
import type { Carrier } from "../shipping/index.js";
import type { Line, OrdersRepository } from "./orders-repository.js";
import type { Pricing } from "./pricing.js";

export interface Basket {
  customerId: number;
  country: string;
  lines: Line[];
}

export class Checkout {
  constructor(
    private readonly pool: Pool,
    private readonly orders: OrdersRepository,
    private readonly pricing: Pricing,
    private readonly carrier: Carrier,
  ) {}

  /** Slow on purpose: the transaction stays open while the carrier answers. */
  async place(basket: Basket): Promise<{ id: number; parcel: string }> {
    const cents = await this.pricing.total(basket.country, basket.lines);
    return inTransaction(this.pool, async (client) => {
      const id = await this.orders.add(client, basket.customerId, basket.country, cents);
      await this.orders.addLines(client, id, basket.lines);
      const parcel = await this.carrier.book(id);
      return { id, parcel };
    });
  }

  /** The carrier hears of it when the transaction is over. */
  async cancel(id: number): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      await this.orders.close(client, id);
    });
    await this.carrier.recall(id);
  }
}
