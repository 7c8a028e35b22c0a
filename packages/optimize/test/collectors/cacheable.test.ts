import { expect, test } from "vitest";
import { cacheableOf } from "../../src/collectors/cacheable.ts";
import type { Action, Execution, Scope } from "../../src/collectors/executions.ts";

/** A statement at a second of the thread's clock. */
function execution(at: number, shape: string, hash: string, action: Action = "read"): Execution {
  return {
    begun: at * 1e6,
    time: 2000,
    hash,
    rows: 1,
    failed: false,
    ready: false,
    statement: { library: "pg", shape, fingerprint: shape, action, paged: false },
    places: [{ file: "a.ts", line: 3 }],
    functions: [],
    group: "1",
  };
}

const scope = (number: number, ...executions: Execution[]): Scope => ({
  thread: 0,
  request: { scope: number, begun: 0, time: 10_000, method: "GET", route: "/a", status: 200, sent: -1, trace: "" },
  route: "GET /a",
  executions,
  origins: [],
  chains: new Set(),
});

const settings = 'select value from "public"."settings" where name = ?';
/** One request every two seconds, which reads one of two names. */
const reading = (shape = settings): Scope[] => Array.from({ length: 30 }, (_, n) => scope(n + 1, execution(2 * n, shape, `h${n % 2}`)));

test("reads of other requests are answered for as long as they are kept", () => {
  expect(cacheableOf(reading())).toMatchObject([
    {
      reads: 30,
      distinct: 2,
      requests: 30,
      kept: [
        { seconds: 1, hits: 0, stale: 0 },
        { seconds: 10, hits: 0.667, stale: 0 },
        { seconds: 60, hits: 0.933, stale: 0 },
      ],
    },
  ]);
});

test("answers older than a write to one of their tables are stale", () => {
  const write = scope(99, execution(57, "update settings set value = ? where name = ?", "w", "write"));
  expect(cacheableOf([...reading(), write])[0]?.kept.map(({ stale }) => stale)).toEqual([0, 1, 1]);
});

test.each<[string, Scope[]]>([
  [
    "writes come as often as reads",
    reading().flatMap((one, n) => [one, scope(100 + n, execution(2 * n + 1, "delete from settings", "w", "write"))]),
  ],
  ["parameters differ", Array.from({ length: 30 }, (_, n) => scope(n + 1, execution(n, settings, `h${n}`)))],
  ["answers change by themselves", reading("select now() from settings")],
  ["it is no SQL", reading("find customers {id: ?}")],
  ["there are few requests", [scope(1, ...Array.from({ length: 30 }, (_, n) => execution(n, settings, "h")))]],
])("nothing is worth a cache when %s", (_, scopes) => {
  expect(cacheableOf(scopes)).toEqual([]);
});
