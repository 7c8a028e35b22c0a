import mysql from "mysql2/promise";

export function connect(uri) {
  const pool = mysql.createPool({ uri, connectionLimit: 4 });
  return {
    // clean: once a request
    orders: (limit) => pool.query(`select id, customer_id from orders limit ${Number(limit)}`).then(([rows]) => rows),
    async tiersOf(customers) {
      // clean: all in one
      const [rows] = await pool.query("select id, tier from customers where id in (?)", [customers]);
      return new Map(rows.map(({ id, tier }) => [id, tier]));
    },
    close: () => pool.end(),
  };
}
