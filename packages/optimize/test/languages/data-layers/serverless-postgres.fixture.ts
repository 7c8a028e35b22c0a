import { fixtures } from "../fixture.ts";

export default fixtures({
  "reads SQL from a template": `
import { neon } from "@neondatabase/serverless";
const sql = neon("postgres://localhost");
export async function read(id: number) {
  return await sql\`select * from users where id = \${id}\`; //> db-read users list
}`,
  "reads SQL through a pool": `
import { Pool } from "@neondatabase/serverless";
const pool = new Pool({});
export async function write() {
  await pool.query("DELETE FROM sessions"); //> db-write sessions
}`,
  "nothing without a proven receiver": `
const sql = (parts: TemplateStringsArray) => parts.join("");
export const text = async () => await sql\`select * from users\`;`,
});
