/** What all stores share: the rows of a statement. */
class Store {
  constructor(pool) {
    this.pool = pool;
  }

  async rows(text, values) {
    const result = await this.pool.query({ text, values });
    return result.rows;
  }
}

export class OrderStore extends Store {
  pending(count) {
    // clean: once a request
    return this.rows("select id, customer_id from orders where total > $1 order by id limit $2", [100, count]);
  }
}

export class CustomerStore extends Store {
  async get(id) {
    // expect: n+1
    const [customer] = await this.rows("select id, name, tier from customers where id = $1", [id]);
    return customer;
  }
}
