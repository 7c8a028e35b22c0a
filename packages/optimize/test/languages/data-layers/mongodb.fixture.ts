import { fixtures } from "../fixture.ts";

const collection = `import { MongoClient } from "mongodb";
const client = new MongoClient("mongodb://localhost");
const users = client.db("app").collection("users");
`;

export default fixtures({
  "reads one, many, a number": `${collection}
export async function read(id: string) {
  await users.findOne({ id }); //> db-read users
  await users.find({ team: id }).sort({ name: 1 }).toArray(); //> db-read users list
  await users.countDocuments({}); //> db-read users
  await users.aggregate([]).toArray(); //> db-read users list
}`,
  "writes one and many": `${collection}
export async function write(rows: object[]) {
  await users.insertOne({}); //> db-write users
  await users.insertMany(rows); //> db-write users bulk
  await users.updateOne({}, {}); //> db-write users
  await users.aggregate([{ $match: { team: 1 } }, { $out: "teams" }]).toArray(); //> db-write teams list
  await users.deleteMany({}); //> db-write users bulk
}`,
  "collects a bulk and sends it once": `${collection}
export async function bulk(ids: string[]) {
  const batch = users.initializeUnorderedBulkOp();
  for (const id of ids) batch.find({ id }).upsert().updateOne({});
  await batch.execute(); //> db-write users bulk
}`,
  "streams through a cursor": `${collection}
export async function walk() {
  for await (const user of users.find({})) { //> db-read users list
    console.log(user);
  }
}`,
  "runs a callback in a transaction": `${collection}
export async function inside() {
  const session = client.startSession();
  await session.withTransaction(async () => {
    await users.insertOne({}, { session }); //> db-write users
  });
}`,
  "nothing while a cursor is not read": `${collection}
export const pending = () => users.find({ active: true }).limit(5);`,
  "nothing without a proven receiver": `
const users = { findOne: (x: object) => x, insertOne: (x: object) => x };
export const read = () => [users.findOne({}), users.insertOne({})];`,
});
