/** Every page of a rule is its test: a finding without a comment fails, and a comment without a finding. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyzeSources } from "../src/engine/analyze.ts";
import { rules } from "../src/rules/index.ts";
import { casesOf } from "./page-cases.ts";
import type { PageCase } from "./page-cases.ts";
import { renamed } from "./renaming.ts";

/** Lists without a limit are in many examples, to keep them short: only their own page speaks of them. */
const aside = "db/unbounded-query";

/** Likely findings of every rule, and the candidates of a rule that gives nothing higher. */
async function findingsIn(sources: PageCase["sources"], rule: (typeof rules)[number]): Promise<string[]> {
  const { findings, failures } = await analyzeSources(sources);
  // A fault of ours in one function would be contained there, and look like silence.
  expect(failures.filter((failure) => failure.code === "internal" || failure.code === "rule")).toEqual([]);
  const shown = findings.filter(
    (finding) =>
      (finding.tier !== "candidate" || (finding.rule === rule.id && rule.tier === "candidate")) &&
      (finding.rule !== aside || rule.id === aside),
  );
  return [...new Set(shown.map((finding) => `${finding.site.file}:${finding.site.line} ${finding.rule}`))].sort();
}

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const cases = casesOf(readFileSync(new URL(`../src/rules/${id}.md`, import.meta.url), "utf8"));

  it("has at least five slow and ten fast cases", () => {
    expect(cases.filter((one) => one.section === "Slow").length).toBeGreaterThanOrEqual(5);
    expect(cases.filter((one) => one.section === "Fast").length).toBeGreaterThanOrEqual(10);
    for (const one of cases)
      expect(
        one.expected.some((place) => place.endsWith(` ${id}`)),
        `line ${one.line}`,
      ).toBe(one.section === "Slow");
  });

  it.each(cases.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    expect(await findingsIn(one.sources, rule), `page line ${one.line}`).toEqual(one.expected);
  });

  it("sees the same when everything that no library owns has another name", async () => {
    for (const one of cases) expect(await findingsIn(renamed(one.sources), rule), `page line ${one.line}`).toEqual(one.expected);
  });
});
