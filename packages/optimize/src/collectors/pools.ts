/** Pools whose connections were all taken: who waited for one, and how long. */
import { groupedBy } from "../model/grouped.ts";
import type { PoolEvidence } from "../model/load-evidence.ts";
import { spreadOf } from "../model/spread.ts";
import type { Scope } from "./executions.ts";
import type { Thread } from "./records.ts";

/** Pools of one library and size are one: a program that has several processes has as many pools. */
export function poolsOf(threads: readonly Thread[], scopes: readonly Scope[]): PoolEvidence[] {
  const routes = new Map<string, string>(
    scopes.flatMap(({ thread, request, route }) => (request === undefined ? [] : [[`${thread} ${request.scope}`, route] as const])),
  );
  const waits = threads.flatMap(({ pools }, thread) => pools.map((wait) => ({ ...wait, key: `${thread} ${wait.scope}` })));
  return [...groupedBy(waits, ({ library, size }) => `${library} ${size}`).values()]
    .map((list): PoolEvidence => {
      const [{ library, size } = { library: "", size: 0 }] = list;
      const requests = new Set(list.map(({ key }) => key).filter((key) => routes.has(key)));
      return {
        kind: "pool",
        library,
        size,
        waits: list.length,
        requests: requests.size,
        routes: [...new Set([...requests].map((key) => routes.get(key) ?? ""))].sort(),
        time: spreadOf(list.map(({ time }) => time / 1000)),
      };
    })
    .sort((a, b) => b.time.total - a.time.total);
}
