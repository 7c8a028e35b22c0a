/** The problems that books on performance name, each in a file of its own with a clean twin: each is found by its name, no twin says anything. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyzeSources } from "../src/engine/analyze.ts";
import type { Source } from "../src/engine/lower.ts";
import { rules } from "../src/rules/index.ts";
import { expectedIn } from "./page-cases.ts";

const root = new URL("projects/handbook/", import.meta.url);

function sourcesIn(folder: "slow" | "fast"): Source[] {
  return readdirSync(new URL(`${folder}/`, root))
    .sort()
    .map((name) => ({ file: `src/${name}`, text: readFileSync(new URL(`${folder}/${name}`, root), "utf8") }));
}

async function found(sources: readonly Source[], weak: (rule: string) => boolean = () => false): Promise<string[]> {
  const { findings } = await analyzeSources(sources);
  return findings
    .filter(({ tier, rule }) => tier === "likely" || weak(rule))
    .map(({ site, rule }) => `${site.file}:${String(site.line)} ${rule}`)
    .sort();
}

/** A rule that gives no more than candidates, and by which one of the problems is named. */
function isWeak(expected: readonly string[]): (rule: string) => boolean {
  const weak = new Set(rules.filter((rule) => rule.tier === "candidate").map((rule) => rule.id));
  return (rule) => weak.has(rule) && expected.some((one) => one.endsWith(` ${rule}`));
}

describe("problems of the handbooks", () => {
  it("are many, half of them in each language, and each has a twin", () => {
    const names = sourcesIn("slow").map(({ file }) => file);
    expect(sourcesIn("fast").map(({ file }) => file)).toEqual(names);
    const python = names.filter((name) => name.endsWith(".py")).length;
    expect(names.length).toBeGreaterThanOrEqual(25);
    expect(Math.abs(names.length - 2 * python)).toBeLessThanOrEqual(4);
  });

  it("are each found by name, in one project", async () => {
    const slow = sourcesIn("slow");
    const expected = slow.flatMap(expectedIn).sort();
    expect(expected).toHaveLength(slow.length);
    expect(await found(slow, isWeak(expected))).toEqual(expected);
  });

  it("are not found in the twins", async () => {
    expect(await found(sourcesIn("fast"), isWeak(sourcesIn("slow").flatMap(expectedIn)))).toEqual([]);
  });
});
