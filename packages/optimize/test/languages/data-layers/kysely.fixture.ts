import { fixtures } from "../fixture.ts";

const db = `import { Kysely, sql } from "kysely";\nconst db = new Kysely<object>({ dialect: undefined });\n`;

export default fixtures({
  "reads one and many": `${db}
export async function read(id: number) {
  await db.selectFrom("users").selectAll().where("id", "=", id).execute(); //> db-read users list
  await db.selectFrom("users").selectAll().executeTakeFirst(); //> db-read users
}`,
  "writes one row and many": `${db}
export async function write(rows: object[]) {
  await db.insertInto("users").values({ name: "a" }).execute(); //> db-write users
  await db.insertInto("users").values(rows).execute(); //> db-write users bulk
  await db.updateTable("users").set({ name: "b" }).execute(); //> db-write users bulk
  await db.deleteFrom("users").execute(); //> db-write users bulk
}`,
  "hands the database on to a transaction": `${db}
export async function inside() {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto("accounts").values({}).execute(); //> db-write accounts
  });
}`,
  "reads SQL from a template": `${db}
export async function raw(id: number) {
  await sql\`select * from orders where id = \${id}\`.execute(db); //> db-read orders list
}`,
  streams: `${db}
export async function walk() {
  for await (const user of db.selectFrom("users").selectAll().stream()) console.log(user); //> db-read users list
}`,
  "nothing while a builder is only built": `${db}
export const pending = () => db.selectFrom("users").selectAll();`,
  "nothing without a proven receiver": `
const db = { selectFrom: (name: string) => ({ execute: async () => name }) };
export const read = () => db.selectFrom("users").execute();`,
});
