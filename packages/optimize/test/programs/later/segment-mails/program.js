import mysql from "mysql2";
import { createServer } from "node:http";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { mysql: uri } = await backends("mysql");
const pool = mysql.createPool({ uri, connectionLimit: 3 });
const query = (sql, values) =>
  new Promise((resolve, reject) => pool.query(sql, values, (error, rows) => (error ? reject(error) : resolve(rows))));

function* inChunks(list, size) {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}

/** Names by customer, a few hundred at a time in earnest; ten here. */
async function namesOf(ids) {
  const names = new Map();
  for (const chunk of inChunks(ids, 10))
    // clean: as many statements as there are chunks
    for (const { id, name } of await query("select id, name from customers where id in (?)", [chunk])) names.set(id, name);
  return names;
}

async function mails(limit) {
  // clean: once a request
  const orders = await query(`select id, customer_id from orders limit ${limit}`);
  const names = await namesOf(orders.map((order) => order.customer_id));
  return orders.map((order) => `Dear ${names.get(order.customer_id)}, your order ${order.id} is on its way.`);
}

await drive(createServer(answering((_, params) => mails(Number(params.get("limit"))))), ["/?limit=12", "/?limit=60"]);
await new Promise((done) => pool.end(done));
