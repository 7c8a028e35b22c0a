import { fixtures } from "../fixture.ts";

const redis = `import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n`;

export default fixtures({
  "reads and writes keys": `${redis}
export async function run(id: string) {
  await redis.get(id); //> cache-read -
  await redis.set(id, "1"); //> cache-write -
}`,
  "collects a pipeline and sends it once": `${redis}
export async function many(ids: string[]) {
  const pipeline = redis.pipeline();
  for (const id of ids) pipeline.get(id);
  await pipeline.exec(); //> cache-write - bulk
}`,
  "nothing without a proven receiver": `
const redis = new Map<string, string>();
export const read = (id: string) => redis.get(id);`,
});
