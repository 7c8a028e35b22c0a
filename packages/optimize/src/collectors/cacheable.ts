/**
 * Reads that other requests asked for before, with the same parameters: what a cache in the process would have answered in this run if it kept answers
 * for so long, and how many of those answers were older than a write to one of their tables. Writes by others are not seen.
 */
import type { CacheableEvidence } from "../model/evidence.ts";
import { groupedBy } from "../model/grouped.ts";
import { rounded, spreadOf } from "../model/spread.ts";
import { changing, type Execution, type Scope } from "./executions.ts";

/** Fewer reads or requests tell nothing of a hit ratio; a lower one is not worth a cache. */
const leastReads = 20;
const leastRequests = 10;
const leastHits = 0.5;
/** Part of the answers that may be old: more, and the cache answers wrong. */
const mostStale = 0.1;
/** Seconds that an answer is kept: what people set. */
const kept = [1, 10, 60];

interface Read {
  readonly scope: Scope;
  readonly execution: Execution;
}

/** Reads worth a cache, the longest together first. */
export function cacheableOf(scopes: readonly Scope[]): CacheableEvidence[] {
  const writes = scopes.flatMap(({ thread, executions }) =>
    executions
      .filter(({ statement }) => statement.action === "write")
      .map(({ begun, time, statement }) => ({ thread, at: begun + time, tables: tablesIn(statement.shape) })),
  );
  const asked = scopes
    .filter(({ request }) => request !== undefined)
    .flatMap((scope) => scope.executions.filter(isRead).map((execution): Read => ({ scope, execution })));
  return [...groupedBy(asked, ({ execution }) => `${execution.statement.library}\0${execution.statement.fingerprint}`).values()]
    .filter((list) => list.length >= leastReads && new Set(list.map(({ scope }) => scope)).size >= leastRequests)
    .map((list) => evidenceOf(list, writes))
    .filter(({ kept: all, reads }) => all.some(({ hits, stale }) => hits >= leastHits && stale <= mostStale * hits * reads))
    .sort((a, b) => b.time.total - a.time.total);
}

function isRead({ statement, failed, hash }: Execution): boolean {
  return (
    !failed &&
    !hash.startsWith("*") &&
    statement.action === "read" &&
    !changing.test(statement.shape) &&
    tablesIn(statement.shape).length > 0
  );
}

interface Write {
  readonly thread: number;
  readonly at: number;
  readonly tables: readonly string[];
}

function evidenceOf(list: readonly Read[], writes: readonly Write[]): CacheableEvidence {
  const { execution } = list[0] as Read;
  const { library, shape, fingerprint } = execution.statement;
  const [place, ...callers] = execution.places;
  const tables = tablesIn(shape);
  const against = writes.filter((write) => write.tables.some((table) => tables.includes(table)));
  return {
    kind: "cacheable",
    library,
    shape,
    fingerprint,
    ...(place === undefined ? {} : { place }),
    callers,
    routes: [...new Set(list.map(({ scope }) => scope.route))].sort(),
    requests: new Set(list.map(({ scope }) => scope)).size,
    reads: list.length,
    distinct: new Set(list.map(({ execution: { hash } }) => hash)).size,
    kept: kept.map((seconds) => keepingFor(seconds, list, against)),
    time: spreadOf(list.map(({ execution: { time } }) => time / 1000)),
  };
}

/** A cache of each thread, as a process has its own; clocks of threads are not compared. */
function keepingFor(seconds: number, list: readonly Read[], writes: readonly Write[]): CacheableEvidence["kept"][number] {
  let [hits, stale] = [0, 0];
  for (const same of groupedBy(list, ({ scope, execution: { hash } }) => `${scope.thread} ${hash}`).values()) {
    let answered: number | undefined;
    for (const { scope, execution } of same.toSorted((a, b) => a.execution.begun - b.execution.begun)) {
      const since = answered;
      if (since === undefined || execution.begun - since > seconds * 1e6) {
        answered = execution.begun + execution.time;
        continue;
      }
      hits += 1;
      if (writes.some(({ thread, at }) => thread === scope.thread && at > since && at < execution.begun)) stale += 1;
    }
  }
  return { seconds, hits: rounded(hits / list.length), stale };
}

/** Names behind from, join, into and update; none for what is no SQL: whether its answers were old cannot be told. */
function tablesIn(shape: string): string[] {
  return [...shape.matchAll(/\b(?:from|join|into|update)\s+(?:only\s+)?([\w."`]+)/g)].map(([, name = ""]) =>
    name.replace(/["`]/g, "").replace(/^.*\./, ""),
  );
}
