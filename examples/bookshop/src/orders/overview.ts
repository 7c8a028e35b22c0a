import { CountryDirectory, CustomerDirectory } from "../customers/index.js";
import { mapInOrder } from "../shared/lists.js";
import type { Order, OrdersRepository } from "./orders-repository.js";

/** Slow on purpose, and hard to see: the query is four calls away from the list. */
export class OrderOverview {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly directory: CustomerDirectory,
  ) {}

  async build(): Promise<string[]> {
    const orders = await this.orders.open();
    return mapInOrder(orders, (order) => this.describe(order));
  }

  private async describe(order: Order): Promise<string> {
    const card = await this.directory.cardOf(order.customer_id);
    return `#${order.id} ${card.label}`;
  }
}

/** The same shape and names; the directory answers from memory. */
export class OrderPreview {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly directory: CountryDirectory,
  ) {}

  async build(): Promise<string[]> {
    const orders = await this.orders.open();
    return mapInOrder(orders, (order) => this.describe(order));
  }

  private async describe(order: Order): Promise<string> {
    const card = await this.directory.cardOf(order.country);
    return `#${order.id} ${card.label}`;
  }
}
