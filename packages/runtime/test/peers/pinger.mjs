/** Another client: asks Redis again and again, and says at "how long" how many milliseconds the longest answer took since it was last asked. */
import { Redis } from "ioredis";

const redis = new Redis(Number(process.argv[2]), "127.0.0.1");
let longest = 0;
process.on("message", () => {
  process.send?.(longest);
  longest = 0;
});
process.once("disconnect", () => process.exit());
for (;;) {
  const begun = performance.now();
  await redis.get("another program's key");
  longest = Math.max(longest, performance.now() - begun);
}
