import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { observed, plain } from "./observed.ts";

interface Covered {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly isBlockCoverage: boolean;
    readonly ranges: readonly { readonly count: number }[];
  }[];
}

/** What Node says of a program's functions: their names, whether their blocks were counted, and the counts. */
function coverageIn(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((name) => (JSON.parse(readFileSync(join(folder, name), "utf8")) as { result: Covered[] }).result)
    .filter(({ url }) => /covered-(?:first|late)\.cjs$/.test(url))
    .map(({ url, functions }) =>
      JSON.stringify([
        url.split("/").pop(),
        functions.map((one) => [one.functionName, one.isBlockCoverage, one.ranges.map(({ count }) => count)]),
      ]),
    )
    .sort();
}

describe("coverage of an observed command", () => {
  it("is counted as it is without, also after the first piece of the profile and in workers", async () => {
    const folder = temporaryFolder({
      "covered-first.cjs": `const { Worker, isMainThread } = require("node:worker_threads");
const twice = (x) => (x > 1 ? x : 0);
twice(1);
if (isMainThread) new Worker(__filename);
setTimeout(() => { twice(2); require("./covered-late.cjs").late(3); }, 1300);`,
      "covered-late.cjs": "exports.late = (x) => (x > 5 ? [1].map((y) => y) : x); exports.never = () => 1;",
    });
    await plain([process.execPath, "covered-first.cjs"], folder, { NODE_V8_COVERAGE: join(folder, "without") });
    await observed([process.execPath, "covered-first.cjs"], { cwd: folder, env: { NODE_V8_COVERAGE: join(folder, "with") } });
    const without = coverageIn(join(folder, "without"));
    expect(without).toHaveLength(4);
    expect(coverageIn(join(folder, "with"))).toEqual(without);
  });
});
