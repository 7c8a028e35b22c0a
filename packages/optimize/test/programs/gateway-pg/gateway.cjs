const { Pool } = require("pg");

let pool;

/** The only place that knows the driver: logs, names the slow ones, and hands on. */
async function query(text, values) {
  pool ??= import("../support/backends.js")
    .then(({ backends }) => backends("pg"))
    .then((addresses) => new Pool({ connectionString: addresses.pg, max: 2 }));
  const { rows } = await (await pool).query({ text, values });
  return rows;
}

async function one(text, values) {
  const [row] = await query(text, values);
  return row;
}

module.exports = { query, one, close: async () => (await pool)?.end() };
