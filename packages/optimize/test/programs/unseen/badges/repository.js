import mysql from "mysql2/promise";

export function connect(uri) {
  const pool = mysql.createPool({ uri, connectionLimit: 4 });
  return {
    // clean: once a request
    orders: (limit) => pool.query(`select id, customer_id from orders limit ${Number(limit)}`).then(([rows]) => rows),
    tierOf(customer) {
      // expect: n+1
      return pool.query("select id, tier from customers where id = ?", [customer]).then(([[row]]) => row.tier);
    },
    close: () => pool.end(),
  };
}
