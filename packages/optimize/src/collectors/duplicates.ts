/** The same read with the same parameters twice in a request, and no write of the request in between: the first answer would have done. */
import { groupedBy } from "../model/grouped.ts";
import type { CodePlace, DuplicateEvidence } from "../model/evidence.ts";
import { spreadOf } from "../model/spread.ts";
import type { Execution, Scope } from "./executions.ts";
import { changing, placeKey } from "./executions.ts";

/** Microseconds; see repetitions. */
const pause = 5000;
interface Found {
  readonly first: Execution;
  readonly scope: Scope;
  readonly count: number;
  readonly places: readonly CodePlace[];
}

/** Duplicates of all requests, one for a statement and its places. */
export function duplicatesOf(scopes: readonly Scope[]): DuplicateEvidence[] {
  const found = scopes.filter(({ request }) => request !== undefined).flatMap(duplicatesIn);
  const requestsOf = new Map<string, number>();
  for (const { route } of scopes) requestsOf.set(route, (requestsOf.get(route) ?? 0) + 1);
  const groups = groupedBy(found, ({ first, places }) => `${first.statement.fingerprint}\0${places.map(placeKey).join()}`);
  return [...groups.values()].map((list) => evidenceOf(list, requestsOf)).sort((a, b) => b.perRequest.total - a.perRequest.total);
}

function duplicatesIn(scope: Scope): Found[] {
  const out: Found[] = [];
  const reads = scope.executions.filter(
    ({ statement, failed }) => !failed && (statement.action === "read" || isRead(statement.shape, statement.library)),
  );
  for (const same of groupedBy(reads, ({ statement, hash }) => `${statement.library}\0${statement.fingerprint}\0${hash}`).values()) {
    const [first] = same;
    if (first === undefined || same.length < 2 || changing.test(first.statement.shape)) continue;
    const runs = same.filter((one, index) => {
      const before = same[index - 1];
      return before === undefined || isRepeated(before, one, scope.executions);
    });
    if (runs.length < 2) continue;
    const places = new Map(runs.flatMap(({ places: [place] }) => (place === undefined ? [] : [[placeKey(place), place] as const])));
    out.push({ first, scope, count: runs.length, places: [...places.values()].sort((a, b) => (placeKey(a) < placeKey(b) ? -1 : 1)) });
  }
  return out;
}

const isRead = (shape: string, library: string): boolean => library === "http" && /^(?:GET|HEAD) /.test(shape);

function isRepeated(before: Execution, one: Execution, all: readonly Execution[]): boolean {
  const between = all.filter(({ begun }) => begun > before.begun && begun < one.begun);
  if (
    between.some(
      ({ statement }) => statement.action === "write" || (statement.action === "call" && !isRead(statement.shape, statement.library)),
    )
  )
    return false;
  // Asked again from the same place after a wait: polling, whose answer is hoped to be another one.
  return !isSamePlace(before, one) || one.begun - (before.begun + before.time) < pause || between.some((other) => !isSamePlace(other, one));
}

function isSamePlace({ places: [a] }: Execution, { places: [b] }: Execution): boolean {
  return a !== undefined && b !== undefined && placeKey(a) === placeKey(b);
}

function evidenceOf(list: readonly Found[], requestsOf: ReadonlyMap<string, number>): DuplicateEvidence {
  const { first, places } = list[0] as Found;
  const routes = [...new Set(list.map(({ scope }) => scope.route))].sort();
  const all = routes.reduce((sum, route) => sum + (requestsOf.get(route) ?? 0), 0);
  const requests = new Set(list.map(({ scope }) => scope)).size;
  return {
    kind: "duplicate",
    tier: requests >= 2 && requests === all ? "proven" : "likely",
    library: first.statement.library,
    shape: first.statement.shape,
    fingerprint: first.statement.fingerprint,
    places,
    routes,
    requests,
    perRequest: spreadOf(list.map(({ count }) => count)),
  };
}
