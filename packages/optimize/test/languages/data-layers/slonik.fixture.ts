import { fixtures } from "../fixture.ts";

const pool = `import { createPool, sql } from "slonik";\nconst pool = await createPool("postgres://localhost");\n`;

export default fixtures({
  "reads one and many, writes": `${pool}
export async function run(id: number) {
  await pool.one(sql\`SELECT * FROM users WHERE id = \${id}\`); //> db-read users
  await pool.any(sql.unsafe\`SELECT * FROM users\`); //> db-read users list
  await pool.any(sql.type(null)\`SELECT id FROM users\`); //> db-read users list
  const { rows } = await pool.query(sql\`SELECT * FROM orders\`); //> db-read orders list
  await pool.query(sql\`DELETE FROM sessions WHERE user_id = \${id}\`); //> db-write sessions
  return rows;
}`,
  "a statement that waits in a variable, and parts of one": `${pool}
export async function find(id: number, active: boolean) {
  const where = sql.fragment\`id = \${id}\`;
  const statement = sql\`SELECT * FROM users WHERE \${sql.join([where, sql\`active = \${active}\`], sql\` AND \`)}\`;
  return await pool.maybeOne(statement); //> db-read users
}`,
  "by the type of a parameter": `
import { sql, type CommonQueryMethods } from "slonik";
export async function count(pool: CommonQueryMethods) {
  return pool.oneFirst(sql\`SELECT count(*) FROM users\`); //> db-read users
}`,
  "hands a connection on to a transaction": `${pool}
export async function inside() {
  await pool.transaction(async (t) => {
    await t.query(sql\`INSERT INTO accounts (id) VALUES (1)\`); //> db-write accounts
  });
}`,
  streams: `${pool}
export async function walk() {
  await pool.stream(sql\`SELECT * FROM users\`, (stream) => { //> db-read users list
    stream.on("data", console.log);
  });
}`,
  "nothing without a proven receiver": `
const pool = { one: async (text: string) => text };
export const read = async () => await pool.one("SELECT * FROM users");`,
});
