import { createServer } from "node:http";
import DataLoader from "dataloader";
import { graphql } from "graphql";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";
import { schemaOf } from "../graphql-resolvers/schema.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

async function customersBy(ids) {
  // clean: the loader asks once for all orders of a request
  const { rows } = await pool.query("select id, name from customers where id = any($1)", [ids]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
}

const schema = schemaOf(
  async (limit) => {
    // clean: once a request
    const { rows } = await pool.query("select id, customer_id from orders order by id limit $1", [limit]);
    return rows;
  },
  // clean: called for every order, and answered by the batch
  (order, _, { customers }) => customers.load(order.customer_id),
);

const source = "query ($limit: Int) { orders(limit: $limit) { id customer { name } } }";
const server = createServer(
  answering((_, query) =>
    graphql({
      schema,
      source,
      variableValues: { limit: Number(query.get("limit")) },
      contextValue: { customers: new DataLoader(customersBy) },
    }),
  ),
);
await drive(server, ["/graphql?limit=8", "/graphql?limit=20", "/graphql?limit=30"]);
await pool.end();
