import { fixtures } from "../fixture.ts";

const pool = `import mysql from "mysql2/promise";\nconst pool = mysql.createPool({});\n`;

export default fixtures({
  "reads and writes by their SQL": `${pool}
export async function run(id: number) {
  const [rows] = await pool.execute("SELECT * FROM users WHERE id = ?", [id]); //> db-read users list
  await pool.query("INSERT INTO audit (user) VALUES (?)", [id]); //> db-write audit
  return rows;
}`,
  "runs statements in a transaction": `${pool}
export async function inside() {
  const connection = await pool.getConnection();
  await connection.beginTransaction();
  await connection.execute("UPDATE accounts SET total = 0"); //> db-write accounts
  await connection.commit();
  connection.release();
}`,
  "opens a connection": `
import { createConnection } from "mysql2/promise";
export const open = () =>
  createConnection({}); //> connect -
`,
  "nothing without a proven receiver": `
const pool = { execute: async (text: string) => [text] };
export const read = async () => await pool.execute("SELECT * FROM users");`,
});
