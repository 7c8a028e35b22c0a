import { fixtures } from "../fixture.ts";

const model = `import { Model } from "objection";
class Person extends Model {
  static tableName = "persons";
}
`;

export default fixtures({
  "reads one and many": `${model}
export async function read(id: number) {
  await Person.query().findById(id); //> db-read Person
  await Person.query().where("age", ">", 5); //> db-read Person list
  await Person.query().withGraphFetched("pets"); //> db-read Person list
}`,
  "writes one row and many": `${model}
export async function write(rows: object[]) {
  await Person.query().insert({}); //> db-write Person
  await Person.query().insertGraph(rows); //> db-write Person bulk
  await Person.query().patch({}).where("id", 1); //> db-write Person bulk
  await Person.query().deleteById(1); //> db-write Person
}`,
  "rows ask for what hangs on them": `${model}
export async function pets(id: number) {
  const person = await Person.query().findById(id); //> db-read Person
  await person.$relatedQuery("pets").where("age", 3); //> db-read pets list
}`,
  "nothing while a query is only built": `${model}
export function pending() {
  const query = Person.query().where("id", 1);
  query.toKnexQuery();
}`,
  "nothing without a proven receiver": `
class Person { static query() { return { findById: async (id: number) => id }; } }
export const read = async () => await Person.query().findById(1);`,
});
