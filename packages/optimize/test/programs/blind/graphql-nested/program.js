import express from "express";
import { buildSchema, graphql } from "graphql";
import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 4 });

const schema = buildSchema(`
  type Item { title: String! cents: Int! }
  type Customer { name: String! orders: [Order!]! }
  type Order { id: Int! items: [Item!]! }
  type Query { customers(first: Int!): [Customer!]! }
`);

class Customer {
  constructor({ id, name }) {
    this.id = id;
    this.name = name;
  }

  async orders() {
    // expect: n+1
    const { rows } = await pool.query("select id from orders where customer_id = $1 order by id", [this.id]);
    return rows.map((row) => new Order(row.id));
  }
}

class Order {
  constructor(id) {
    this.id = id;
  }

  async items() {
    // expect: n+1
    const { rows } = await pool.query("select title, cents from items where order_id = $1", [this.id]);
    return rows;
  }
}

const rootValue = {
  async customers({ first }) {
    // clean: once a request
    const { rows } = await pool.query("select id, name from customers order by name limit $1", [first]);
    return rows.map((row) => new Customer(row));
  },
};

const app = express();
app.use(express.json());
app.get("/graphql", async (request, response) => {
  const source = "query ($first: Int!) { customers(first: $first) { name orders { id items { title cents } } } }";
  const result = await graphql({ schema, rootValue, source, variableValues: { first: Number(request.query.first) } });
  response.status(result.errors ? 500 : 200).json(result);
});

await drive(createServer(app), ["/graphql?first=5", "/graphql?first=16"]);
await pool.end();
