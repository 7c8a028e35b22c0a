/** A service with a pool of so many connections to PostgreSQL (DATABASE_URL); each request holds one of them for a while. */
import { createServer } from "node:http";
import { Pool } from "pg";

const [port, size = 1, milliseconds = 10] = process.argv.slice(2).map(Number);
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: size });
createServer((_, response) => void answer(response)).listen(port, "127.0.0.1");

/** @param {import("node:http").ServerResponse} response */
async function answer(response) {
  try {
    const { rowCount } = await pool.query("SELECT pg_sleep($1), version()", [milliseconds / 1000]);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ rows: rowCount }));
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
}
