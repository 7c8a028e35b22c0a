import { fixtures } from "../fixture.ts";

const schema = `import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, serial, text } from "drizzle-orm/pg-core";
import { eq, sql } from "drizzle-orm";
const users = pgTable("users", { id: serial("id"), name: text("name") });
const db = drizzle(process.env.DATABASE_URL);
`;

export default fixtures({
  "reads with the builder and by relation": `${schema}
export async function read(id: number) {
  await db.select().from(users).where(eq(users.id, id)); //> db-read users list
  await db.query.users.findMany({ with: { posts: true } }); //> db-read users list
  await db.query.users.findFirst(); //> db-read users
}`,
  "writes one row and many": `${schema}
export async function write(rows: object[]) {
  await db.insert(users).values({ name: "a" }); //> db-write users
  await db.insert(users).values(rows); //> db-write users bulk
  await db.update(users).set({ name: "b" }); //> db-write users bulk
  await db.delete(users).where(eq(users.id, 1)); //> db-write users bulk
}`,
  "hands the database on to a transaction": `${schema}
export async function inside() {
  await db.transaction(async (tx) => {
    await tx.insert(users).values({ name: "c" }); //> db-write users
  });
}`,
  "reads SQL from a template": `${schema}
export async function raw(id: number) {
  await db.execute(sql\`select * from orders where id = \${id}\`); //> db-read orders list
}`,
  "nothing while a builder is only built": `${schema}
export function pending() {
  const query = db.select().from(users);
  query.toSQL();
}`,
  "nothing without a proven receiver": `
const db = { select: () => ({ from: (x: unknown) => Promise.resolve(x) }) };
export const read = async () => await db.select().from("users");`,
});
