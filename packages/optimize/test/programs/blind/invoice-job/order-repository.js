export class OrderRepository {
  #pool;

  constructor(pool) {
    this.#pool = pool;
  }

  async open(upTo) {
    // clean: once a run
    const { rows } = await this.#pool.query("select id, customer_id from orders where id <= $1 order by id", [upTo]);
    return rows;
  }

  async linesOf(orderId) {
    // expect: n+1
    const { rows } = await this.#pool.query("select title, cents from items where order_id = $1 order by id", [orderId]);
    return rows;
  }
}
