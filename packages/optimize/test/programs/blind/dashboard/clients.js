class Api {
  constructor(base) {
    this.base = base;
  }

  async json(path) {
    const response = await fetch(new URL(path, this.base), { signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  }
}

export class CustomerApi extends Api {
  get(id) {
    return this.json(`/customers/${id}?ms=70`);
  }
}

export class RatingApi extends Api {
  get(id) {
    return this.json(`/ratings/${id}?ms=90`);
  }
}

export class OrderApi extends Api {
  latest() {
    return this.json("/orders?page=1&upTo=10&ms=60");
  }
}
