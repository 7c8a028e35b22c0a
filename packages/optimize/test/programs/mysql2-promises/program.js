import { createServer } from "node:http";
import mysql from "mysql2/promise";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { mysql: uri } = await backends("mysql");
const pool = mysql.createPool({ uri, connectionLimit: 3 });

const server = createServer(
  answering(async (_, query) => {
    const connection = await pool.getConnection();
    try {
      // clean: once a request
      const [orders] = await connection.query("select * from orders order by id limit ?", [Number(query.get("limit"))]);
      const list = [];
      for (const order of orders) {
        // expect: n+1
        const [items] = await connection.query("select * from items where order_id = ?", [order.id]);
        list.push({ ...order, items });
      }
      return list;
    } finally {
      connection.release();
    }
  }),
);

await drive(server, ["/orders?limit=6", "/orders?limit=15"]);
await pool.end();
