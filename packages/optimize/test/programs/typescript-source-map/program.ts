import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

interface Order {
  readonly id: number;
  readonly customer_id: number;
}

interface Named {
  readonly name: string;
}

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

/** The types above are gone in what runs: lines there are other ones. */
class Orders {
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async latest(): Promise<readonly Order[]> {
    // clean: once a request
    const { rows } = await pool.query<Order>("select id, customer_id from orders order by id limit $1", [this.#limit]);
    return rows;
  }

  async withCustomers(): Promise<readonly (Order & Named)[]> {
    const list: (Order & Named)[] = [];
    for (const order of await this.latest()) {
      // expect: n+1
      const { rows } = await pool.query<Named>("select name from customers where id = $1", [order.customer_id]);
      list.push({ ...order, name: rows[0]?.name ?? "" });
    }
    return list;
  }
}

const server = createServer(answering((_, query) => new Orders(Number(query.get("limit"))).withCustomers()));
await drive(server, ["/orders?limit=8", "/orders?limit=20"]);
await pool.end();
