const http = require("node:http");

/** Serves two lists from PostgreSQL, prints what tracers saw and what the program did. */
exports.run = async (pg) => {
  const pool = new pg.Pool({ connectionString: JSON.parse(process.env.BACKENDS).pg, max: 2 });
  const server = http.createServer(async (request, response) => {
    const { rows } = await pool.query("select id, customer_id from orders order by id limit $1", [Number(request.url.slice(1))]);
    for (const order of rows) {
      const { rows: customers } = await pool.query("select name from customers where id = $1", [order.customer_id]);
      order.customer = customers[0].name;
    }
    response.end(JSON.stringify(rows));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  for (const limit of [6, 12])
    await new Promise((resolve) => {
      http.get({ port: server.address().port, path: `/${limit}`, agent: false }, (answer) => {
        answer.on("data", (text) => console.log(String(text))).on("end", resolve);
      });
    });
  await pool.query("select broken").catch((error) => console.log(error.message));
  server.close();
  await pool.end();
  console.log(JSON.stringify({ traced: globalThis.traced, pg: Object.keys(pg).sort(), query: pg.Client.prototype.query.name }));
};
