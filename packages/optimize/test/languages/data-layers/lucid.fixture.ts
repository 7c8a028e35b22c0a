import { fixtures } from "../fixture.ts";

const models = `import { BaseModel, belongsTo, hasMany } from "@adonisjs/lucid/orm";
import db from "@adonisjs/lucid/services/db";
class Pet extends BaseModel {
  declare name: string;
  @belongsTo(() => Person)
  declare owner: unknown;
}
class Person extends BaseModel {
  @hasMany(() => Pet)
  declare pets: unknown;
}
`;

export default fixtures({
  "models read one and many": `${models}
export async function read(id: number) {
  await Person.find(id); //> db-read Person
  await Person.findByOrFail("email", "a"); //> db-read Person
  await Person.all(); //> db-read Person list
  await Person.query().where("age", ">", 5).preload("pets"); //> db-read Person list
  await Person.query().where("id", id).first(); //> db-read Person
}`,
  "rows load, and write what hangs on them": `${models}
export async function write(id: number) {
  const person = await Person.findOrFail(id); //> db-read Person
  await person.load("pets"); //> db-read Pet list
  await person.related("pets").create({}); //> db-write Pet
  await person.related("pets").query().where("age", 3); //> db-read Pet list
  await person.merge({ name: "a" }).save(); //> db-write Person
}`,
  "the plain builder": `${models}
export async function plain(rows: object[]) {
  await db.from("users").where("id", 1).select("*"); //> db-read users list
  await db.table("users").insert({}); //> db-write users
  await db.from("users").where("id", 1).delete(); //> db-write users bulk
  await db.rawQuery("select * from orders where id = ?", [1]); //> db-read orders list
  await db.transaction(async (trx) => {
    await trx.from("visits").update({ seen: true }); //> db-write visits bulk
  });
}`,
  "nothing while a query is only built": `${models}
export function pending() {
  return { query: Person.query().where("id", 1) };
}`,
  "nothing without a proven receiver": `
class Person { static query() { return { first: async () => 1 }; } }
export const read = async () => await Person.query().first();`,
});
