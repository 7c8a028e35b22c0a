import { describe, expect, it } from "vitest";
import type { Execution, Origin, Scope, Statement } from "../../src/collectors/executions.ts";
import { duplicatesOf } from "../../src/collectors/duplicates.ts";
import { repetitionsOf } from "../../src/collectors/repetitions.ts";

const customers: Statement = {
  library: "pg",
  shape: "select name from customers where id = ?",
  fingerprint: "c",
  action: "read",
  paged: false,
};
const orders: Statement = { library: "pg", shape: "select * from orders", fingerprint: "o", action: "read", paged: false };

interface Given {
  readonly statement?: Statement;
  readonly hashes: readonly string[];
  readonly gap?: number;
  readonly rows?: number;
  readonly line?: number;
  readonly failed?: boolean;
}

/** A request that runs its statements one after the other. */
function request(given: readonly Given[], changes: Partial<Scope> = {}): Scope {
  const executions: Execution[] = [];
  let at = 0;
  for (const { statement = customers, hashes, gap = 10, rows = 1, line = 7, failed = false } of given)
    for (const hash of hashes) {
      executions.push({
        begun: at,
        time: 100,
        hash,
        rows,
        failed,
        ready: false,
        statement,
        places: [{ file: "a.js", line, column: 1 }],
        functions: [],
        group: `${statement.fingerprint}${line}`,
      });
      at += 100 + gap;
    }
  return {
    thread: 0,
    request: { scope: 1, begun: 0, time: at, method: "GET", route: "/orders", status: 200, sent: -1, trace: "" },
    route: "GET /orders",
    executions,
    origins: [],
    chains: new Set(),
    ...changes,
  };
}

const origin: Origin = {
  scope: 1,
  statement: 2,
  site: 1,
  parent: 1,
  parentSite: 2,
  rows: 9,
  values: 9,
  column: "customer_id",
  count: 9,
  asked: 9,
  group: "c7",
  from: orders,
  fromPlaces: [],
};
const values = (count: number): string[] => Array.from({ length: count }, (_, index) => `h${index}`);
const tiers = (...scopes: Scope[]): string[] => repetitionsOf(scopes).map(({ tier }) => tier);

describe("repetitions", () => {
  it.each<[string, Scope[], string[]]>([
    ["four times", [request([{ hashes: values(4) }])], []],
    ["five times", [request([{ hashes: values(5) }])], ["likely"]],
    ["for rows of one size", [request([{ statement: orders, hashes: [""], rows: 9, line: 1 }, { hashes: values(9) }])], ["likely"]],
    [
      "for rows of two sizes",
      [9, 6].map((rows) => request([{ statement: orders, hashes: [""], rows, line: 1 }, { hashes: values(rows) }])),
      ["proven"],
    ],
    [
      "as often whatever the rows",
      [9, 6].map((rows) => request([{ statement: orders, hashes: [""], rows, line: 1 }, { hashes: values(8) }])),
      ["likely"],
    ],
    ["by a column of all rows", [request([{ hashes: values(9) }], { origins: [origin] })], ["proven"]],
    ["by a column of some rows", [request([{ hashes: values(6) }], { origins: [{ ...origin, count: 6, asked: 6 }] })], ["likely"]],
    [
      "by a column whose values are fewer than its rows",
      [request([{ hashes: values(6) }], { origins: [{ ...origin, count: 6, asked: 6, values: 6 }] })],
      ["proven"],
    ],
    [
      "more often than there are rows",
      [request([{ hashes: values(9) }], { origins: [{ ...origin, rows: 2, values: 2, asked: 2 }] })],
      ["likely"],
    ],
    ["with equal parameters", [request([{ hashes: Array<string>(9).fill("h") }])], []],
    ["with several values each", [request([{ hashes: values(9).map((hash) => `*${hash}`) }])], []],
    ["page by page", [request([{ statement: { ...customers, paged: true }, hashes: values(9) }])], []],
    ["each by the row before it", [request([{ hashes: values(9) }], { chains: new Set(["c7"]) })], []],
    ["each by the row before it, side by side", [request([{ hashes: values(9), gap: -50 }], { chains: new Set(["c7"]) })], ["likely"]],
    ["after waiting", [request([{ hashes: values(9), gap: 6000 }])], []],
    ["as control", [request([{ statement: { ...customers, action: "control" }, hashes: values(9) }])], []],
  ])("%s", (_, scopes, expected) => {
    expect(tiers(...scopes)).toEqual(expected);
  });

  it("outside of requests need rows that they run over", () => {
    const { request: _request, ...program } = request([{ hashes: values(9) }]);
    expect(tiers(program)).toEqual([]);
    expect(tiers({ ...program, origins: [origin] })).toEqual(["proven"]);
    // Small numbers (the id of a role, a place in an order) are in many columns.
    expect(tiers({ ...program, origins: [{ ...origin, rows: 2, values: 2, count: 45, asked: 2 }] })).toEqual([]);
    expect(tiers({ ...program, origins: [{ ...origin, count: 6, asked: 6 }] })).toEqual([]);
    expect(tiers({ ...program, origins: [{ ...origin, rows: 60, values: 2, count: 45, asked: 2 }] })).toEqual([]);
  });
});

describe("duplicates", () => {
  const write: Statement = { library: "pg", shape: "update customers set name = ?", fingerprint: "u", action: "write", paged: false };
  const found = (...scopes: Scope[]): [string, number[]][] =>
    duplicatesOf(scopes).map(({ tier, places }) => [tier, places.map(({ line }) => line)]);

  it.each<[string, Given[], [string, number[]][]]>([
    ["two places", [{ hashes: ["h"] }, { hashes: ["h"], line: 9 }], [["likely", [7, 9]]]],
    ["one place", [{ hashes: ["h", "h"] }], [["likely", [7]]]],
    ["other parameters", [{ hashes: ["h", "i"] }], []],
    ["a write in between", [{ hashes: ["h"] }, { statement: write, hashes: [""], line: 8 }, { hashes: ["h"] }], []],
    ["after a failure", [{ hashes: ["h"], failed: true }, { hashes: ["h"] }], []],
    ["polling", [{ hashes: ["h", "h", "h"], gap: 6000 }], []],
    ["what changes by itself", [{ statement: { ...customers, shape: "select nextval(?)" }, hashes: ["h", "h"] }], []],
  ])("%s", (_, given, expected) => {
    expect(found(request(given))).toEqual(expected);
  });

  it("are proven when every request of the route had them", () => {
    const twice = (): Scope => request([{ hashes: ["h", "h"] }]);
    expect(found(twice(), twice())).toEqual([["proven", [7]]]);
    expect(found(twice(), twice(), request([{ hashes: ["h"] }]))).toEqual([["likely", [7]]]);
  });
});
