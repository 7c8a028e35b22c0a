export class Outbox {
  #pool;
  #size;

  constructor(pool, size) {
    this.#pool = pool;
    this.#size = size;
  }

  async claim() {
    const text = `update outbox set state = 'taken' where id in
      (select id from outbox where state = 'new' order by id limit $1 for update skip locked) returning id, topic`;
    // clean: ten messages a statement
    const { rows } = await this.#pool.query(text, [this.#size]);
    return rows;
  }

  async finish(ids) {
    // clean: ten messages a statement
    await this.#pool.query("update outbox set state = 'sent' where id = any($1::int[])", [ids]);
  }
}
