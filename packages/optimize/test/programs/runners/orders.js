const express = require("express");

/** Orders with their customers, each asked for alone. */
exports.application = (pool) => {
  const app = express();
  app.get("/orders/:limit", async (request, response) => {
    const { rows } = await pool.query("select id, customer_id from orders order by id limit $1", [Number(request.params.limit)]);
    for (const order of rows) {
      const { rows: customers } = await pool.query("select name from customers where id = $1", [order.customer_id]);
      order.customer = customers[0].name;
    }
    response.json(rows);
  });
  return app;
};
