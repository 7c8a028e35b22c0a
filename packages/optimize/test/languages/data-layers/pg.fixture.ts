import { fixtures } from "../fixture.ts";

const pool = `import { Pool, Client } from "pg";\nconst pool = new Pool();\n`;

export default fixtures({
  "reads and writes by their SQL": `${pool}
export async function run(id: number) {
  await pool.query("SELECT * FROM users WHERE team = $1", [id]); //> db-read users list
  await pool.query({ text: "select name from users", values: [] }); //> db-read users list
  await pool.query("INSERT INTO users (id) VALUES ($1)", [id]); //> db-write users
  await pool.query(\`UPDATE users SET name = 'a' WHERE id = $1\`, [id]); //> db-write users
}`,
  "takes a client from the pool": `${pool}
export async function inside() {
  const client = await pool.connect();
  await client.query("BEGIN");
  await client.query("DELETE FROM sessions"); //> db-write sessions
  await client.query("COMMIT");
  client.release();
}`,
  "answers a callback": `${pool}
export function old(done: (rows: object[]) => void) {
  pool.query("SELECT * FROM users", (error: Error, result: { rows: object[] }) => done(result.rows)); //> db-read users list
}`,
  "knows a client by its annotation": `
import type { PoolClient } from "pg";
export async function read(client: PoolClient) {
  const { rows } = await client.query("SELECT * FROM orders"); //> db-read orders list
  return rows;
}`,
  "connects on connect": `
import { Client } from "pg";
export async function open() {
  const client = new Client();
  await client.connect(); //> connect -
  return client;
}`,
  "nothing without a proven receiver": `
const pool = { query: (text: string) => text };
export const read = () => pool.query("SELECT * FROM users");`,
});
