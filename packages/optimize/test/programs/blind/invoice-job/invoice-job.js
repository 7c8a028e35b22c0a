export class InvoiceJob {
  #orders;

  constructor(orders) {
    this.#orders = orders;
  }

  async run(upTo) {
    const open = await this.#orders.open(upTo);
    const invoices = [];
    for (const order of open) invoices.push(await this.#invoiceOf(order));
    return invoices;
  }

  async #invoiceOf(order) {
    const lines = await this.#orders.linesOf(order.id);
    return { order: order.id, cents: lines.reduce((sum, line) => sum + line.cents, 0) };
  }
}
