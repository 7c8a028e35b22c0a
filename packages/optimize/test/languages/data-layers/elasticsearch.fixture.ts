import { fixtures } from "../fixture.ts";

const client = `import { Client } from "@elastic/elasticsearch";\nconst client = new Client({});\n`;

export default fixtures({
  "reads and writes documents of an index": `${client}
export async function run(operations: object[]) {
  await client.search({ index: "articles", query: {} }); //> db-read articles
  await client.count({ index: "articles" }); //> db-read articles
  await client.index({ index: "articles", document: {} }); //> db-write articles
  await client.bulk({ operations }); //> db-write - bulk
}`,
  "nothing without a proven receiver": `
const client = { search: async (options: object) => options };
export const read = async () => await client.search({ index: "articles" });`,
});
