import { createServer } from "node:http";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { backends } from "../../support/backends.js";
import { drive } from "../../support/drive.js";

const { pg: connectionString } = await backends("pg");
const pool = new pg.Pool({ connectionString, max: 2 });

class CsvLines extends Transform {
  constructor() {
    super({ writableObjectMode: true });
  }

  _transform(order, _, done) {
    this.lineOf(order).then((line) => done(null, line), done);
  }

  async lineOf(order) {
    // expect: n+1
    const items = await pool.query("select title from items where order_id = $1 order by id", [order.id]);
    return `${order.id};${order.total};${items.rows.map(({ title }) => title).join(",")}\n`;
  }
}

const server = createServer(async (request, response) => {
  const limit = new URL(request.url, "http://shop").searchParams.get("limit");
  // clean: once a request
  const orders = await pool.query("select id, total from orders order by id limit $1", [limit]);
  response.writeHead(200, { "content-type": "text/csv" });
  await pipeline(Readable.from(orders.rows), new CsvLines(), response);
});
await drive(server, ["/export.csv?limit=8", "/export.csv?limit=26"]);
await pool.end();
