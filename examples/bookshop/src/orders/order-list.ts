import type { Customer, CustomersRepository } from "../customers/index.js";
import { indexBy } from "../shared/lists.js";
import type { Order, OrdersRepository } from "./orders-repository.js";

export type ListedOrder = Order & { customer: Customer | undefined };

export class OrderList {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly customers: CustomersRepository,
  ) {}

  /** Slow on purpose: one query for each order. */
  async open(): Promise<ListedOrder[]> {
    const listed: ListedOrder[] = [];
    for (const order of await this.orders.open()) {
      const customer = await this.customers.byId(order.customer_id);
      listed.push({ ...order, customer });
    }
    return listed;
  }

  /** Two queries, however many orders there are. */
  async openInBatch(): Promise<ListedOrder[]> {
    const orders = await this.orders.open();
    const customers = await this.customers.byIds(orders.map((order) => order.customer_id));
    const byId = indexBy(customers, (customer) => customer.id);
    return orders.map((order) => ({ ...order, customer: byId.get(order.customer_id) }));
  }
}
