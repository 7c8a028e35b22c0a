import { describe, expect, it } from "vitest";
import type { Execution, Scope, Statement } from "../../src/collectors/executions.ts";
import { sequentialOf } from "../../src/collectors/sequential.ts";
import { slowOf } from "../../src/collectors/slow.ts";

const statement = (shape: string, changes: Partial<Statement> = {}): Statement => ({
  library: "http",
  shape,
  fingerprint: shape,
  action: "call",
  paged: false,
  ...changes,
});

/** A call of 80 ms at a line; `at` in milliseconds. */
function call(line: number, at: number, changes: Partial<Execution> = {}): Execution {
  return {
    begun: at * 1000,
    time: 80_000,
    hash: "",
    rows: -1,
    failed: false,
    ready: true,
    statement: statement(`GET /${line}`),
    places: [{ file: "a.js", line, function: "load" }],
    functions: [{ id: "load", through: false }],
    group: String(line),
    ...changes,
  };
}

/** A call at a line of a function, which `load` called at another one, through a library or not. */
function from(id: string, line: number, at: number, caller?: number, through = false): Execution {
  const outer = caller === undefined ? [] : [{ place: { file: "b.js", line: caller, column: at }, function: { id: "load", through } }];
  return call(line, at, {
    hash: String(at),
    places: [{ file: "a.js", line }, ...outer.map(({ place }) => place)],
    functions: [{ id, through: false }, ...outer.map((one) => one.function)],
    group: `${line} ${caller}`,
  });
}

const scope = (...executions: Execution[]): Scope => ({
  thread: 0,
  request: { scope: 1, begun: 0, time: 300_000, method: "GET", route: "/a", status: 200, sent: -1, trace: "" },
  route: "GET /a",
  executions,
  origins: [],
  chains: new Set(),
});

const lines = (...executions: Execution[]): number[][] =>
  sequentialOf([scope(...executions)]).map(({ places }) => places.map(({ line }) => line));

describe("calls in turn", () => {
  it.each<[string, Execution[], number[][]]>([
    ["that need nothing of each other", [call(1, 0), call(2, 81), call(3, 162)], [[1, 2, 3]]],
    ["side by side", [call(1, 0), call(2, 0)], []],
    ["of which the second asks for what the first answered", [call(1, 0), call(2, 81, { ready: false })], []],
    ["of two functions", [call(1, 0), call(2, 81, { functions: [{ id: "other", through: false }] })], []],
    ["of which the second was answered before", [call(1, 0, { statement: statement("GET /9") }), call(8, 200), call(9, 281)], []],
    [
      "of which the second was answered before something was written",
      [call(1, 0, { statement: statement("GET /9") }), call(2, 100, { statement: statement("POST /2") }), call(8, 200), call(9, 281)],
      [[8, 9]],
    ],
    ["of two functions without a name", [from("a", 1, 0), from("b", 2, 81)], []],
    [
      "by methods of clients that one function calls",
      [from("get", 3, 0, 11), from("get2", 7, 81, 12), from("get", 3, 162, 13)],
      [[11, 12, 13]],
    ],
    ["by the same method, called in turn", [from("get", 3, 0, 11), from("get", 3, 81, 12)], [[11, 12]]],
    ["of a caller whose column changes while it waits", [from("get", 3, 0, 11), from("get", 4, 81, 11)], [[3, 4]]],
    ["by clients, the caller on the stack of the first only", [from("get", 3, 0, 11), from("get2", 7, 81)], []],
    ["by what a library calls when the first has answered", [from("load", 11, 0), from("handler", 3, 81, 12, true)], []],
    ["by what the same library calls", [from("a", 3, 0, 11, true), from("b", 4, 81, 12, true)], [[11, 12]]],
    ["in a loop", [call(1, 0), call(1, 81), call(1, 162)], []],
    ["after a long wait", [call(1, 0), call(2, 200)], []],
    ["that change something", [call(1, 0), call(2, 81, { statement: statement("POST /2") })], []],
    ["of which one failed", [call(1, 0, { failed: true }), call(2, 81)], []],
    [
      "in a transaction",
      [call(9, 0, { time: 100, statement: statement("begin", { library: "pg", action: "control" }) }), call(1, 1), call(2, 82)],
      [],
    ],
    ...["select * from t where ? = ?", 'select "a" from t where b = ? and ? = ? order by c', "select a from t where ? limit ?"].map(
      (shape): [string, Execution[], number[][]] => [
        `of which the second asks for an empty list: ${shape}`,
        [call(1, 0), call(2, 81, { statement: statement(shape, { library: "pg", action: "read" }) })],
        [],
      ],
    ),
    ["too short to matter", [call(1, 0, { time: 4000 }), call(2, 5, { time: 4000 })], []],
    ["beside others", [call(1, 0), call(2, 81), call(7, 10, { ready: false, places: [{ file: "b.js", line: 7 }] })], []],
  ])("%s", (_, executions, expected) => {
    expect(lines(...executions)).toEqual(expected);
  });
});

it("is said of calls that took long in most requests, not in one of them", () => {
  const slow = scope(call(1, 0), call(2, 81));
  const quick = scope(call(1, 0, { time: 2000 }), call(2, 3, { time: 2000 }));
  expect(sequentialOf([slow, slow, quick])).toMatchObject([{ requests: 3 }]);
  expect(sequentialOf([slow, quick])).toEqual([]);
});

describe("slow statements", () => {
  const query = (at: number, milliseconds: number): Execution =>
    call(4, at, { time: milliseconds * 1000, statement: statement("select", { library: "pg", action: "read" }) });
  const slow = (scopes: Scope[], stalls: { begun: number; time: number }[] = []): number => slowOf(scopes, [{ stalls } as never]).length;

  it("take long by themselves, and mostly", () => {
    expect(slow([scope(query(0, 150))])).toBe(1);
    expect(slow([scope(query(0, 90))])).toBe(0);
    expect(slow([scope(query(0, 150)), scope(query(0, 5)), scope(query(0, 5))])).toBe(0);
  });

  it("are not those that wait for others or for the program", () => {
    expect(slow([scope(query(0, 150), query(10, 140))])).toBe(0);
    expect(slow([scope(query(0, 150))], [{ begun: 20_000, time: 120_000 }])).toBe(0);
  });
});
