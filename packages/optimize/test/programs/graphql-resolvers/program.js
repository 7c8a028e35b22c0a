import { createServer } from "node:http";
import { graphql } from "graphql";
import pg from "pg";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";
import { schemaOf } from "./schema.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 3 });

const schema = schemaOf(
  async (limit) => {
    // clean: once a request
    const { rows } = await pool.query("select id, customer_id from orders order by id limit $1", [limit]);
    return rows;
  },
  async (order) => {
    // expect: n+1
    const { rows } = await pool.query("select name from customers where id = $1", [order.customer_id]);
    return rows[0];
  },
);

const source = "query ($limit: Int) { orders(limit: $limit) { id customer { name } } }";
const server = createServer(answering((_, query) => graphql({ schema, source, variableValues: { limit: Number(query.get("limit")) } })));
await drive(server, ["/graphql?limit=8", "/graphql?limit=20"]);
await pool.end();
