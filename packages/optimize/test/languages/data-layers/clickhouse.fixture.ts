import { fixtures } from "../fixture.ts";

const client = `import { createClient } from "@clickhouse/client";\nconst client = createClient();\n`;

export default fixtures({
  "reads by SQL": `${client}
export async function read() {
  const result = await client.query({ query: "SELECT * FROM events", format: "JSONEachRow" }); //> db-read events list
  return result.json();
}`,
  "inserts rows": `${client}
export async function write(rows: object[]) {
  await client.insert({ table: "events", values: rows }); //> db-write events bulk
}`,
  "nothing without a proven receiver": `
const client = { query: async (options: object) => options };
export const read = async () => await client.query({ query: "SELECT * FROM events" });`,
});
