import type { Pool } from "pg";

export interface Customer {
  id: number;
  name: string;
  email: string;
  country: string;
}

export class CustomersRepository {
  constructor(private readonly pool: Pool) {}

  async byId(id: number): Promise<Customer | undefined> {
    const { rows } = await this.pool.query<Customer>("select id, name, email, country from customers where id = $1", [id]);
    return rows[0];
  }

  async byIds(ids: readonly number[]): Promise<Customer[]> {
    const { rows } = await this.pool.query<Customer>("select id, name, email, country from customers where id = any($1)", [ids]);
    return rows;
  }

  async rename(id: number, name: string): Promise<void> {
    await this.pool.query("update customers set name = $2 where id = $1", [id, name]);
  }
}
