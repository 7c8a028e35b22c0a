import pg from "pg";

export class Feed {
  #pool;

  constructor(connectionString) {
    this.#pool = new pg.Pool({ connectionString, max: 2 });
  }

  async *entries(limit) {
    // clean: once a request
    const { rows } = await this.#pool.query({ name: "newest", text: "select * from orders order by id desc limit $1", values: [limit] });
    for (const order of rows) yield { ...order, items: await this.#titles(order) };
  }

  async #titles({ id }) {
    // expect: n+1
    const { rows } = await this.#pool.query({ name: "titles", text: "select title from items where order_id = $1", values: [id] });
    return rows.map(({ title }) => title);
  }

  close() {
    return this.#pool.end();
  }
}
