import { fixtures } from "../fixture.ts";

const model = `import mongoose, { Schema, model } from "mongoose";
const User = model("User", new Schema({ name: String }));
`;

export default fixtures({
  "reads one, many, a number": `${model}
export async function read(id: string) {
  await User.findById(id); //> db-read User
  await User.findOne({ name: id }).lean(); //> db-read User
  await User.find({ team: id }).sort("name").limit(10); //> db-read User list
  await User.countDocuments({ team: id }); //> db-read User
  await User.aggregate([{ $match: { team: id } }]); //> db-read User list
}`,
  "writes one and many": `${model}
export async function write(rows: object[]) {
  await User.create({ name: "a" }); //> db-write User
  await User.insertMany(rows); //> db-write User bulk
  await User.bulkWrite([]); //> db-write User bulk
  await User.updateMany({}, { name: "b" }); //> db-write User bulk
  await User.findByIdAndUpdate("1", { name: "c" }); //> db-write User
  await User.deleteOne({ name: "d" }).exec(); //> db-write User
}`,
  "follows documents": `${model}
export async function touch(id: string) {
  const user = await User.findById(id); //> db-read User
  await user.save(); //> db-write User
  const fresh = new User({ name: "e" });
  await fresh.save(); //> db-write User
}`,
  "loads relations with the rows": `${model}
export const all = () =>
  User.find().populate("posts").exec(); //> db-read User list
`,
  "streams through a cursor": `${model}
export async function walk() {
  const cursor = User.find().cursor(); //> db-read User list
  for await (const user of cursor) console.log(user);
}`,
  "runs a callback in a transaction": `${model}
export async function inside() {
  const session = await mongoose.startSession();
  await session.withTransaction(async () => {
    await User.create([{ name: "f" }], { session }); //> db-write User bulk
  });
}`,
  "knows an injected model": `
import { InjectModel } from "@nestjs/mongoose";
import { Model } from "mongoose";
export class Cats {
  constructor(@InjectModel("Cat") private readonly cats: Model<object>) {}
  all() {
    return this.cats.find().exec(); //> db-read Cat list
  }
}`,
  "finds no effect in plain methods of a row": `${model}
export async function name() {
  const found = await User.findOne({}); //> db-read User
  return found.toObject();
}`,
  "nothing while a query is only built": `${model}
export function pending() {
  const query = User.find({ active: true });
  query.sort("name");
}`,
  "classes of Typegoose": `
import { getModelForClass, prop } from "@typegoose/typegoose";
class Cat { @prop() name?: string; }
const Cats = getModelForClass(Cat);
export async function read() {
  await Cats.find({ name: "a" }); //> db-read Cat list
  const cat = await Cats.findById(1); //> db-read Cat
  await cat?.save(); //> db-write Cat
}`,
  "nothing without a proven receiver": `
class User { static find() { return []; } static create() {} }
export function read() { User.create(); return User.find(); }`,
});
