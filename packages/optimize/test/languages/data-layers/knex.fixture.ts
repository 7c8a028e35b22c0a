import { fixtures } from "../fixture.ts";

const db = `import knexFactory from "knex";\nconst knex = knexFactory({ client: "pg" });\n`;

export default fixtures({
  "reads one, many, a number": `${db}
export async function read(id: number) {
  await knex("users").where({ id }); //> db-read users list
  await knex("users").where({ id }).first(); //> db-read users
  await knex.select("*").from("users"); //> db-read users list
  await knex("users").count("id"); //> db-read users
}`,
  "writes one row and many": `${db}
export async function write(rows: object[]) {
  await knex("users").insert({ name: "a" }); //> db-write users
  await knex("users").insert(rows); //> db-write users bulk
  await knex("users").where({ id: 1 }).update({ name: "b" }); //> db-write users bulk
  await knex("users").del(); //> db-write users bulk
  await knex.batchInsert("users", rows); //> db-write users bulk
}`,
  "hands a knex on to a transaction": `${db}
export async function inside() {
  await knex.transaction(async (trx) => {
    await trx("accounts").insert({}); //> db-write accounts
  });
}`,
  "reads raw SQL": `${db}
export async function raw() {
  await knex.raw("select * from orders where id = ?", [1]); //> db-read orders list
}`,
  streams: `${db}
export const walk = () =>
  knex("users").stream(); //> db-read users list
`,
  "nothing while a builder is only built": `${db}
export function pending() {
  const query = knex("users").where({ active: true });
  query.toSQL();
}`,
  "nothing without a proven receiver": `
const knex = (name: string) => ({ insert: (row: object) => [name, row] });
export const write = async () => await knex("users").insert({});`,
});
