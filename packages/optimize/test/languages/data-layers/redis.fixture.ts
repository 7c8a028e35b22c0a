import { fixtures } from "../fixture.ts";

const client = `import { createClient } from "redis";\nconst client = createClient();\n`;

export default fixtures({
  "reads and writes keys in every spelling": `${client}
export async function run(id: string) {
  await client.hGetAll(id); //> cache-read - list
  await client.HGETALL(id); //> cache-read - list
  await client.hgetall(id); //> cache-read - list
  await client.setEx(id, 60, "1"); //> cache-write -
  await client.mGet([id]); //> cache-read - bulk
  await client.flushAll(); //> cache-write -
}`,
  "collects a multi and sends it once": `${client}
export async function many(ids: string[]) {
  const multi = client.multi();
  for (const id of ids) multi.incr(id);
  await multi.exec(); //> cache-write - bulk
}`,
  "streams the key space": `${client}
export async function walk() {
  for await (const key of client.scanIterator()) console.log(key); //> cache-read - list
}`,
  "connects on connect": `${client}
export const open = () =>
  client.connect(); //> connect -
`,
  "nothing without a proven receiver": `
const client = { hGetAll: (key: string) => ({ key }) };
export const read = () => client.hGetAll("a");`,
});
