/**
 * N+1 at run time. One statement from one place at least five times in a request, with different parameters: likely. Proven when the executions are
 * known to follow rows: the parameters are a column of one earlier result and every value of it was asked for, or two requests with different numbers
 * of rows had as many executions each. Equal parameters (retries, polling), lists in one statement, pages, and walks in which each step needs the row
 * before it are none.
 */
import { groupedBy } from "../model/grouped.ts";
import type { RepetitionEvidence, RepetitionOrigin } from "../model/evidence.ts";
import type { Tier } from "../model/finding.ts";
import { covered, spreadOf } from "../model/spread.ts";
import { placeKey, type Execution, type Origin, type Scope } from "./executions.ts";

/** Fewer than this are not worth a word, and small lists of constants look the same. */
const least = 5;
/** Microseconds of waiting with nothing else under way, from which a repetition looks like polling. */
const pause = 5000;

interface Seen {
  readonly scope: Scope;
  readonly executions: readonly Execution[];
  readonly count: number;
  readonly rows: number | undefined;
  readonly origin: Origin | undefined;
  readonly whole: boolean;
}

/** Repetitions of all scopes, one for a statement at a place. */
export function repetitionsOf(scopes: readonly Scope[]): RepetitionEvidence[] {
  const seen = new Map<string, Seen[]>();
  for (const scope of scopes) {
    for (const executions of groupedBy(scope.executions, ({ group }) => group).values()) {
      for (const one of seenIn(scope, executions)) {
        const key = keyOf(longestOf(executions));
        const list = seen.get(key);
        if (list === undefined) seen.set(key, [one]);
        else list.push(one);
      }
    }
  }
  return [...seen.values()].map(evidenceOf).sort((a, b) => b.perScope.total - a.perScope.total);
}

/** The execution that knows most about how it was reached. */
function longestOf(executions: readonly Execution[]): Execution {
  return executions.reduce((longest, one) => (one.places.length > longest.places.length ? one : longest));
}

function keyOf({ statement, places }: Execution): string {
  return `${statement.library}\0${statement.fingerprint}\0${places.map(placeKey).join()}`;
}

function seenIn(scope: Scope, executions: readonly Execution[]): Seen[] {
  const [first] = executions;
  if (first === undefined || first.statement.action === "control" || executions.length < least) return [];
  const group = first.group;
  const origins = scope.origins.filter((origin) => origin.group === group && origin.count >= least);
  // Each loop outside of requests stands for itself; without its rows it is a program's own business (filling tables, walking files).
  const single = executions.filter(({ hash }) => hash !== "" && !hash.startsWith("*"));
  // All of what a program does there is one scope, and small numbers are in many columns: only loops over whole results are told from chance.
  if (scope.request === undefined)
    return origins
      .filter((origin) => origin.asked >= least && isWhole(origin))
      .map((origin) => ({ scope, executions: single, count: origin.count, rows: origin.rows, origin, whole: true }));
  const distinct = new Set(single.map(({ hash }) => hash)).size;
  if (distinct < least) return [];
  const origin = origins.toSorted((a, b) => b.count - a.count)[0];
  if (origin !== undefined) return [{ scope, executions: single, count: single.length, rows: origin.rows, origin, whole: isWhole(origin) }];
  if (first.statement.paged || isWalk(scope, group, single) || waits(single, scope.executions)) return [];
  return [{ scope, executions: single, count: single.length, rows: rowsBefore(scope, single), origin: undefined, whole: false }];
}

/** Each step asks by what the step before it gave, one after the other; side by side it is a tree, whose levels can be asked for together. */
function isWalk(scope: Scope, group: string, repeated: readonly Execution[]): boolean {
  if (!scope.chains.has(group)) return false;
  return !repeated.some((one, index) => (repeated[index + 1]?.begun ?? Infinity) < one.begun + one.time);
}

/** Every row, or every different value of the column, was asked for; not more often than there are rows. */
function isWhole({ count, rows, values, asked }: Origin): boolean {
  return count === rows || (asked === values && count < rows);
}

/** An earlier result of the scope with exactly as many rows. */
function rowsBefore(scope: Scope, repeated: readonly Execution[]): number | undefined {
  const [first] = repeated;
  return scope.executions.find((one) => one.begun < (first?.begun ?? 0) && one.group !== first?.group && one.rows === repeated.length)
    ?.rows;
}

/** Between most of them nothing happened for a while: somebody waits for something. */
function waits(repeated: readonly Execution[], all: readonly Execution[]): boolean {
  let pauses = 0;
  for (const [index, one] of repeated.entries()) {
    const next = repeated[index + 1];
    if (next === undefined || next.begun - (one.begun + one.time) < pause) continue;
    if (!all.some(({ begun, group }) => group !== one.group && begun > one.begun && begun < next.begun)) pauses += 1;
  }
  return pauses * 2 >= repeated.length;
}

function evidenceOf(seen: readonly Seen[]): RepetitionEvidence {
  const first = longestOf((seen[0] as Seen).executions);
  const { library, shape, fingerprint } = first.statement;
  const [place, ...callers] = first.places;
  const growth = growthOf(seen);
  const origin = seen.find((one) => one.origin !== undefined)?.origin;
  const { tier, reason } = judge(seen, growth);
  const shares = seen.flatMap(shareOf).sort((a, b) => a - b);
  return {
    kind: "n+1",
    tier,
    library,
    shape,
    fingerprint,
    ...(place === undefined ? {} : { place }),
    callers,
    routes: [...new Set(seen.map(({ scope }) => scope.route).filter((route) => route !== ""))].sort(),
    scopes: seen.length,
    perScope: spreadOf(seen.map(({ count }) => count)),
    growth,
    ...(origin === undefined ? {} : { origin: describe(origin) }),
    reason,
    ...(shares.length === 0 ? {} : { share: spreadOf(shares).median }),
  };
}

function describe(origin: Origin): RepetitionOrigin {
  const [place] = origin.fromPlaces;
  return { shape: origin.from.shape, ...(place === undefined ? {} : { place }), column: origin.column };
}

function growthOf(seen: readonly Seen[]): (readonly [number, number])[] {
  const pairs = new Map<string, readonly [number, number]>();
  for (const { rows, count } of seen) if (rows !== undefined) pairs.set(`${rows} ${count}`, [rows, count]);
  return [...pairs.values()].sort(([a, x], [b, y]) => a - b || x - y);
}

function judge(seen: readonly Seen[], growth: readonly (readonly [number, number])[]): { readonly tier: Tier; readonly reason: string } {
  const follows = growth.length >= 2 && growth.every(([rows, count]) => rows === count);
  if (follows) return { tier: "proven", reason: "as many executions as rows, at different numbers of rows" };
  if (seen.some(({ whole }) => whole))
    return { tier: "proven", reason: "its parameters are a column of an earlier result, and every value of it was asked for" };
  if (growth.length >= 2 && grows(growth)) return { tier: "proven", reason: "executions grow with the rows of an earlier result" };
  if (seen.some(({ origin }) => origin !== undefined))
    return { tier: "likely", reason: "its parameters are a column of an earlier result; only some rows were asked for" };
  return { tier: "likely", reason: "one number of rows was seen: requests with another one would prove growth" };
}

/** Strictly more executions with more rows, each time. */
function grows(growth: readonly (readonly [number, number])[]): boolean {
  return growth.every(([rows, count], index) => {
    const before = growth[index - 1];
    return before === undefined || (rows > before[0] && count > before[1]);
  });
}

function shareOf({ scope, executions }: Seen): number[] {
  const { request } = scope;
  if (request === undefined || request.time <= 0) return [];
  return [Math.min(1, covered(executions.map(({ begun, time }) => [begun, begun + time])) / request.time)];
}
