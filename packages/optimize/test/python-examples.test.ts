/** The planted problems of the examples in Python are found where they stand, with their routes; the fast twins stay silent. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { scan } from "../src/engine/scan.ts";
import type { Finding } from "../src/model/finding.ts";

interface Spot {
  readonly file: string;
  readonly symbol: string;
}

interface Expected {
  readonly findings: readonly (Spot & { readonly rule: string; readonly routes: readonly string[] })[];
  readonly silent: readonly (Spot & { readonly why: string })[];
}

describe.each(["clinic", "workshop"])("examples/%s", (name) => {
  const folder = fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
  const { findings: planted, silent } = JSON.parse(readFileSync(`${folder}/expected.json`, "utf8")) as Expected;
  let likely: readonly Finding[] = [];
  beforeAll(async () => {
    const { findings } = await scan(folder, {});
    likely = findings.filter((finding) => finding.tier !== "candidate");
  });

  const isAt = ({ site }: Finding, { file, symbol }: Spot): boolean => site.file === file && (site.symbol ?? "") === symbol;

  it.each(planted)("$rule in $symbol", (one) => {
    const found = likely.filter((finding) => finding.rule === one.rule && isAt(finding, one));
    expect(found).toHaveLength(1);
    for (const route of one.routes) expect(found[0]?.routes).toContain(route);
  });

  it("the planted ones are all that there is", () => {
    const others = likely.filter((finding) => !planted.some((one) => finding.rule === one.rule && isAt(finding, one)));
    expect(others.map(({ rule, site }) => `${rule} ${site.file}:${site.line}`)).toEqual([]);
  });

  it.each(silent)("$file $symbol: $why", (one) => {
    expect(likely.filter((finding) => isAt(finding, one)).map(({ rule, site }) => `${rule} ${site.line}`)).toEqual([]);
  });
});
