/** The example's planted problems are found where they stand, with their routes; the fast twins beside them stay silent. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { scan } from "../src/engine/scan.ts";
import type { Finding } from "../src/model/finding.ts";
import { readingOrder } from "../src/model/finding.ts";

interface Spot {
  readonly file: string;
  readonly symbol: string;
}

interface Planted extends Spot {
  readonly rule: string;
  readonly routes: readonly string[];
  /** Files that the finding's path has to lead through, in this order. */
  readonly path?: readonly string[];
  readonly or?: readonly Spot[];
}

interface Silent extends Spot {
  readonly from?: number;
  readonly to?: number;
  readonly why: string;
}

const folder = fileURLToPath(new URL("../../../examples/bookshop", import.meta.url));
const { findings: planted, silent } = JSON.parse(readFileSync(`${folder}/expected.json`, "utf8")) as {
  findings: readonly Planted[];
  silent: readonly Silent[];
};

let likely: readonly Finding[] = [];

beforeAll(async () => {
  const { findings } = await scan(folder, {});
  likely = findings.filter((finding) => finding.tier !== "candidate");
});

function spotsOf(finding: Finding): Spot[] {
  return [finding.site, ...readingOrder(finding)].map(({ file, symbol }) => ({ file, symbol: symbol ?? "" }));
}

function isAt(finding: Finding, one: Planted): boolean {
  const wanted: readonly Spot[] = [one, ...(one.or ?? [])];
  return (
    finding.rule === one.rule &&
    spotsOf(finding).some((spot) => wanted.some(({ file, symbol }) => spot.file === file && spot.symbol === symbol))
  );
}

describe("the planted problems of the bookshop", () => {
  it.each(planted.map((one) => [`${one.rule} in ${one.symbol}`, one] as const))("%s", (_, one) => {
    const found = likely.filter((finding) => isAt(finding, one));
    expect(found.map(({ rule }) => rule)).toEqual([one.rule]);
    for (const route of one.routes) expect(found[0]?.routes).toContain(route);
    const way = found.flatMap(filesOnTheWay);
    expect(way).toEqual(one.path ?? way);
  });

  it("are all that there is", () => {
    const others = likely.filter((finding) => !planted.some((one) => isAt(finding, one)));
    expect(others.map(({ rule, site }) => `${rule} ${site.file}:${site.line}`)).toEqual([]);
  });
});

/** Files of the finding's own place and of those that it leads through, in the order in which they come up. */
function filesOnTheWay(finding: Finding): string[] {
  return [...new Set(spotsOf(finding).map(({ file }) => file))];
}

describe("the fast twins of the bookshop", () => {
  it.each(silent.map((one) => [`${one.file} ${one.symbol}: ${one.why}`, one] as const))("%s", (_, one) => {
    const there = likely.filter(({ site }) => site.file === one.file && (site.symbol ?? "") === one.symbol);
    const inside = there.filter(({ site }) => site.line >= (one.from ?? 0) && site.line <= (one.to ?? Infinity));
    expect(inside.map(({ rule, site }) => `${rule} ${site.line}`)).toEqual([]);
  });
});
