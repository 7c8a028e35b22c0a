import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { answering, drive } from "../../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 4 });

/** Other parts of the shop listen to what happens to orders; the last one to be done tells. */
const bus = new EventEmitter();
bus.on("order:shipped", async (order, done) => {
  try {
    // expect: n+1
    const { rows } = await pool.query("select name from customers where id = $1", [order.customer_id]);
    done(null, `Dear ${rows[0].name}, order ${order.id} is on its way`);
  } catch (error) {
    done(error);
  }
});

function announce(order) {
  return new Promise((resolve, reject) => {
    bus.emit("order:shipped", order, (error, mail) => (error ? reject(error) : resolve(mail)));
  });
}

const server = createServer(
  answering(async (_, query) => {
    // clean: once a request
    const { rows } = await pool.query("select id, customer_id from orders where id <= $1", [Number(query.get("upTo"))]);
    const mails = await Promise.all(rows.map(announce));
    return { sent: mails.length };
  }),
);
await drive(server, ["/ship?upTo=6", "/ship?upTo=23"]);
await pool.end();
