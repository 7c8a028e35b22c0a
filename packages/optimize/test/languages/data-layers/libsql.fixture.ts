import { fixtures } from "../fixture.ts";

export default fixtures({
  "statements as texts and objects": `
import { createClient } from "@libsql/client";
const client = createClient({ url: "file:shop.db" });
export async function read(id: number) {
  await client.execute("SELECT * FROM users"); //> db-read users list
  await client.execute({ sql: "DELETE FROM orders WHERE id = ?", args: [id] }); //> db-write orders
  await client.batch([{ sql: "INSERT INTO visits VALUES (?)", args: [id] }], "write"); //> db-write - bulk
}`,
  "in a transaction": `
import { createClient } from "@libsql/client/web";
const client = createClient({ url: "file:shop.db" });
export async function write(id: number) {
  const tx = await client.transaction("write");
  await tx.execute({ sql: "UPDATE orders SET seen = 1 WHERE id = ?", args: [id] }); //> db-write orders
  await tx.commit();
}`,
  "nothing without a proven receiver": `
const client = { execute: async (sql: string) => sql };
export const read = async () => await client.execute("SELECT * FROM users");`,
});
