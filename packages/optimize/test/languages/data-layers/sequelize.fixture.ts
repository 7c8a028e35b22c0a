import { fixtures } from "../fixture.ts";

const model = `import { Sequelize, Model, DataTypes } from "sequelize";
const sequelize = new Sequelize("sqlite::memory:");
class User extends Model {}
User.init({ name: DataTypes.STRING }, { sequelize, modelName: "User" });
`;

export default fixtures({
  "reads one, many, a number": `${model}
export async function read(id: number) {
  await User.findByPk(id); //> db-read User
  await User.findOne({ where: { id } }); //> db-read User
  await User.findAll({ where: { id } }); //> db-read User list
  await User.count(); //> db-read User
}`,
  "counts beside the rows": `${model}
export const page = () =>
  User.findAndCountAll({ limit: 20 }); //> db-read User list, db-read User
`,
  "writes one row and many": `${model}
export async function write(rows: object[]) {
  await User.create({ name: "a" }); //> db-write User
  await User.bulkCreate(rows); //> db-write User bulk
  await User.update({ name: "b" }, { where: { id: 1 } }); //> db-write User bulk
  await User.destroy({ where: { id: 1 } }); //> db-write User bulk
}`,
  "follows rows": `${model}
export async function rename(id: number) {
  const user = await User.findByPk(id); //> db-read User
  user.name = "c";
  await user.save(); //> db-write User
  const users = await User.findAll(); //> db-read User list
  for (const one of users) {
    await one.destroy(); //> db-write User
  }
}`,
  "asks for associations of a row": `${model}
class Post extends Model {}
Post.init({}, { sequelize, modelName: "Post" });
User.hasMany(Post);
export async function posts(id: number) {
  const user = await User.findByPk(id); //> db-read User
  return user.getPosts(); //> db-read Post list
}`,
  "knows a relation to one, and a name for it": `${model}
class Team extends Model {}
User.belongsTo(Team, { as: "crew" });
export async function crew(id: number) {
  const user = await User.findByPk(id); //> db-read User
  await user.getCrew(); //> db-read Team
}`,
  "a row's own method is no association": `${model}
class Post extends Model {}
User.hasMany(Post);
export async function name(id: number) {
  const user = await User.findByPk(id); //> db-read User
  return user.getFullName();
}`,
  "joins what is included": `${model}
export const all = () =>
  User.findAll({ include: ["posts"] }); //> db-read User list
`,
  "keeps the model through scopes": `${model}
export const active = () =>
  User.scope("active").unscoped().findAll(); //> db-read User list
`,
  "runs a callback in a transaction": `${model}
export async function inside() {
  return sequelize.transaction(async (transaction) => {
    await User.create({}, { transaction }); //> db-write User
  });
}`,
  "defines a model by call": `
const { Sequelize, DataTypes } = require("sequelize");
const db = new Sequelize("sqlite::memory:");
const Tag = db.define("tag", { name: DataTypes.STRING });
module.exports = async function tags() {
  return Tag.findAll(); //> db-read tag list
};`,
  "reads SQL": `${model}
export const raw = () =>
  sequelize.query("SELECT id FROM invoices"); //> db-read invoices list
`,
  "reads decorators": `
import { Table, Model, HasMany } from "sequelize-typescript";
@Table({ tableName: "teams" })
class Team extends Model {
  @HasMany(() => Team)
  declare children: Team[];
}
export async function children(id: string) {
  const team = await Team.findByPk(id); //> db-read teams
  return team.$get("children"); //> db-read teams list
}`,
  "nothing until a built row is saved": `${model}
export const draft = () => User.build({ name: "d" });`,
  "nothing without a proven receiver": `
class Shelf { static findAll() { return []; } save() {} }
export function read() {
  new Shelf().save();
  return Shelf.findAll();
}`,
});
