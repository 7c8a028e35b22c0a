const { createServer } = require("node:http");
const mysql = require("mysql2");

/** Callbacks all the way: no promise and no await carries the request. */
async function main() {
  const { backends } = await import("../support/backends.js");
  const { drive } = await import("../support/drive.js");
  const { mysql: uri } = await backends("mysql");
  const pool = mysql.createPool({ uri, connectionLimit: 2 });

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://shop");
    const fail = (error) => response.writeHead(500).end(String(error));
    // clean: once a request
    pool.query("select * from orders order by id limit ?", [Number(searchParams.get("limit"))], (error, orders) => {
      if (error) return fail(error);
      if (pathname === "/batched") {
        const ids = orders.map((order) => order.customer_id);
        // clean: one statement for all customers
        return pool.query("select * from customers where id in (?)", [ids], (failed, rows) =>
          failed ? fail(failed) : response.end(JSON.stringify(rows)),
        );
      }
      let left = orders.length;
      orders.forEach((order) => {
        // expect: n+1
        pool.query("select * from customers where id = ?", [order.customer_id], (failed, [customer] = []) => {
          if (failed) return fail(failed);
          order.customer = customer.name;
          if (--left === 0) response.end(JSON.stringify(orders));
        });
      });
    });
  });

  await drive(server, ["/orders?limit=8", "/orders?limit=20", "/batched?limit=8", "/batched?limit=20"]);
  await new Promise((resolve) => pool.end(resolve));
}

main();
