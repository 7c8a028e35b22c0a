import express from "express";
import mysql from "mysql2/promise";
import { createServer } from "node:http";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { mysql: uri } = await backends("mysql");
const pool = mysql.createPool({ uri, connectionLimit: 3 });

const policies = {
  "order:read": async (user, order) => {
    // expect: n+1
    const [[owner]] = await pool.query("select * from customers where id = ?", [order.customer_id]);
    return owner.tier <= user.clearance;
  },
};

const can = (user, action, subject) => policies[action](user, subject);

async function filterAsync(list, keep) {
  const kept = [];
  for (const one of list) if (await keep(one)) kept.push(one);
  return kept;
}

const app = express();
app.get("/orders", async (request, response) => {
  const user = { clearance: 1 };
  // clean: once a request
  const [orders] = await pool.query(`select * from orders limit ${Number(request.query.limit)}`);
  response.json(await filterAsync(orders, (order) => can(user, "order:read", order)));
});

await drive(createServer(app), ["/orders?limit=6", "/orders?limit=19"]);
await pool.end();
