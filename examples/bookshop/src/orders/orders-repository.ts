import type { Pool, PoolClient } from "pg";

export interface Order {
  id: number;
  customer_id: number;
  country: string;
  status: string;
  total_cents: number;
}

export interface Line {
  bookId: number;
  quantity: number;
  cents: number;
}

export class OrdersRepository {
  constructor(private readonly pool: Pool) {}

  async open(): Promise<Order[]> {
    const { rows } = await this.pool.query<Order>("select * from orders where status = 'open' order by id");
    return rows;
  }

  async byId(id: number): Promise<Order | undefined> {
    const { rows } = await this.pool.query<Order>("select * from orders where id = $1", [id]);
    return rows[0];
  }

  async itemsOf(orderId: number): Promise<{ book_id: number; quantity: number }[]> {
    const { rows } = await this.pool.query<{ book_id: number; quantity: number }>(
      "select book_id, quantity from order_items where order_id = $1",
      [orderId],
    );
    return rows;
  }

  async after(id: number, size: number): Promise<Order[]> {
    const { rows } = await this.pool.query<Order>("select * from orders where id > $1 order by id limit $2", [id, size]);
    return rows;
  }

  async add(client: PoolClient, customerId: number, country: string, cents: number): Promise<number> {
    const { rows } = await client.query<{ id: number }>(
      "insert into orders (customer_id, country, status, total_cents) values ($1, $2, 'open', $3) returning id",
      [customerId, country, cents],
    );
    return rows[0]?.id ?? 0;
  }

  /** All lines in one statement. */
  async addLines(client: PoolClient, orderId: number, lines: readonly Line[]): Promise<void> {
    await client.query(
      "insert into order_items (order_id, book_id, quantity, price_cents) select $1, * from unnest($2::int[], $3::int[], $4::int[])",
      [orderId, lines.map((line) => line.bookId), lines.map((line) => line.quantity), lines.map((line) => line.cents)],
    );
  }

  async close(client: PoolClient, orderId: number): Promise<void> {
    await client.query("update orders set status = 'cancelled' where id = $1", [orderId]);
  }
}
