import { fixtures } from "../fixture.ts";

const redis = `import Redis from "ioredis";\nconst redis = new Redis();\n`;

export default fixtures({
  "reads and writes keys": `${redis}
export async function run(id: string) {
  await redis.get(id); //> cache-read -
  await redis.mget([id, "b"]); //> cache-read - bulk
  await redis.set(id, "1"); //> cache-write -
  await redis.del([id, "b"]); //> cache-write - bulk
  await redis.keys("user:*"); //> cache-read - list
}`,
  "collects a pipeline and sends it once": `${redis}
export async function many(ids: string[]) {
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.get(id);
  return pipeline.exec(); //> cache-write - bulk
}`,
  "streams the key space": `${redis}
export const walk = () =>
  redis.scanStream({ match: "user:*" }); //> cache-read - list
`,
  "knows a class that extends it": `
import Redis from "ioredis";
class Store extends Redis {}
const store = new Store();
export const read = (id: string) =>
  store.get(id); //> cache-read -
`,
  "nothing without a proven receiver": `
const redis = new Map<string, string>();
export const read = (id: string) => redis.get(id);`,
});
