/** Loaded into each measured process by `--import`: at its end it writes its peak memory into the file that is named for it. */
import { appendFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const file = process.env["BENCH_PROBE"];
// maxRSS is in kilobytes, of the whole process.
if (isMainThread && file !== undefined) process.on("exit", () => appendFileSync(file, `${process.resourceUsage().maxRSS}\n`));
