import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { keptAmbiguities } from "../../src/engine/kept-ambiguities.ts";

const cache = mkdtempSync(join(tmpdir(), "optimize-expressions-"));
afterEach(() => {
  for (const name of readdirSync(cache)) rmSync(join(cache, name));
});

const square = { growth: 2, attack: '" ".repeat(50000) + "x"' };

async function known(build: string): Promise<[string, unknown][]> {
  let found: [string, unknown][] = [];
  await keptAmbiguities({ cache, build })((answers) => {
    found = [...answers];
  });
  return found;
}

describe("what is known of expressions", () => {
  it("is there for the next scan of the same build, with those that are not ambiguous", async () => {
    await keptAmbiguities({ cache, build: "one" })((answers) => {
      answers.set("/\\s+$", square);
      answers.set("/^a$", undefined);
    });
    expect(await known("one")).toEqual([
      ["/\\s+$", square],
      ["/^a$", undefined],
    ]);
    expect(await known("another")).toEqual([]);
  });

  it("does not come from a file that another has put there", async () => {
    writeFileSync(join(cache, "expressions.json.1-1"), JSON.stringify({ build: "one", answers: [["/a", square]] }));
    expect(await known("one")).toEqual([]);
  });
});
