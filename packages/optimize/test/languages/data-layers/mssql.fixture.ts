import { fixtures } from "../fixture.ts";

export default fixtures({
  "requests of a pool": `
import sql from "mssql";
export async function read(id: number) {
  const pool = await sql.connect("mssql://db");
  const result = await pool.request().input("id", sql.Int, id).query("SELECT * FROM orders WHERE id = @id"); //> db-read orders list
  await new sql.Request(pool).query("UPDATE orders SET seen = 1 WHERE id = 1"); //> db-write orders
  return result.recordset;
}`,
  "the module's own connection": `
import sql from "mssql";
export const read = async (id: number) => await sql.query\`select name from users where id = \${id}\`; //> db-read users list`,
  "nothing without a proven receiver": `
class Request { async query(text: string) { return text; } }
export const read = async () => await new Request().query("SELECT 1 FROM users");`,
});
