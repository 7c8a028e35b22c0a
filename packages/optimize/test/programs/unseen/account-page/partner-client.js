export class PartnerClient {
  #base;

  constructor(base) {
    this.#base = base;
  }

  /** The latest orders; the service takes its time. */
  async latestOrders() {
    return (await this.#fetched("/orders?page=1&upTo=10&ms=80")).orders;
  }

  ratingOf(customer) {
    return this.#fetched(`/ratings/${customer}?ms=70`);
  }

  profile(customer) {
    return this.#fetched(`/customers/${customer}?ms=60`);
  }

  async #fetched(path) {
    const response = await fetch(this.#base + path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  }
}
