/** Who may buy at which price; asked wherever it matters. */
export class PriceRules {
  constructor(pool) {
    this.pool = pool;
  }

  async discountOf(customer) {
    // expect: duplicate-statement
    const { rows } = await this.pool.query("select tier from customers where id = $1", [customer]);
    return (rows[0]?.tier ?? 0) * 5;
  }
}
