export class ShipmentService {
  constructor(stores) {
    this.stores = stores;
  }

  async plan({ count }) {
    const orders = await this.stores.orders.pending(count);
    return Promise.all(orders.map((order) => this.#label(order)));
  }

  async #label(order) {
    const recipient = await this.stores.customers.get(order.customer_id);
    return { order: order.id, to: recipient.name, express: recipient.tier === 2 };
  }
}
