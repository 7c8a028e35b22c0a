import pg from "pg";
import { backends } from "../support/backends.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

export async function latestOrders(limit) {
  // clean: once a request
  const { rows } = await pool.query("select id, customer_id from orders order by id desc limit $1", [limit]);
  return rows;
}

/** More orders than connections: most of these wait in the pool for one that another request part gives back. */
export async function customerOf(order) {
  // expect: n+1
  const { rows } = await pool.query("select name, tier from customers where id = $1", [order.customer_id]);
  return rows[0];
}

export const close = () => pool.end();
