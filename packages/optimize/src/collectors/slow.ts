/** Statements that take long by themselves. */
import type { SlowEvidence } from "../model/evidence.ts";
import { groupedBy } from "../model/grouped.ts";
import { covered, spreadOf } from "../model/spread.ts";
import { placeKey, synchronous, type Execution, type Scope } from "./executions.ts";
import type { Thread } from "./records.ts";

/** Microseconds: what a person notices, and a request should not spend on one statement. */
const slow = 100_000;

interface Found {
  readonly scope: Scope;
  readonly execution: Execution;
}

/** Statements of requests that took 100 ms and more, while neither other statements nor the program itself were in their way. */
export function slowOf(scopes: readonly Scope[], threads: readonly Thread[]): SlowEvidence[] {
  const found = [...groupedBy(scopes, ({ thread }) => thread)].flatMap(([index, list]) => slowIn(list, threads[index]?.stalls ?? []));
  const all = new Map<string, number>();
  for (const { request, executions } of scopes)
    for (const one of request === undefined ? [] : executions) all.set(keyOf(one), (all.get(keyOf(one)) ?? 0) + 1);
  const usual = usualTimes(scopes);
  // Now and then everything takes long, on a machine that is busy: it is slow when it mostly is, and when others are not.
  return [...groupedBy(found, ({ execution }) => keyOf(execution)).values()]
    .filter((list) => list.length * 2 >= (all.get(keyOf((list[0] as Found).execution)) ?? 0) && isUnusual(list, usual))
    .map(evidenceOf)
    .sort((a, b) => b.time.total - a.time.total);
}

/** So many times as long as the other statements of its database. */
const unusual = 5;

/** Median time of each statement by library. */
function usualTimes(scopes: readonly Scope[]): Map<string, Map<string, number>> {
  const executions = scopes
    .flatMap(({ executions: list }) => list)
    .filter(({ statement }) => statement.action === "read" || statement.action === "write");
  return new Map(
    [...groupedBy(executions, ({ statement }) => statement.library)].map(([library, list]) => [
      library,
      new Map([...groupedBy(list, keyOf)].map(([key, same]) => [key, spreadOf(same.map(({ time }) => time)).median])),
    ]),
  );
}

function isUnusual(list: readonly Found[], usual: ReadonlyMap<string, ReadonlyMap<string, number>>): boolean {
  const { execution } = list[0] as Found;
  const others = [...(usual.get(execution.statement.library) ?? [])].filter(([key]) => key !== keyOf(execution)).map(([, time]) => time);
  const { median } = spreadOf(list.map((one) => one.execution.time));
  return others.length === 0 || median >= unusual * spreadOf(others).median;
}

const keyOf = ({ statement, places }: Execution): string => `${statement.fingerprint}\0${places.map(placeKey).join()}`;

function slowIn(scopes: readonly Scope[], stalls: Thread["stalls"]): Found[] {
  const all = scopes.flatMap(({ executions }) => executions);
  return scopes.flatMap((scope) =>
    scope.request === undefined
      ? []
      : scope.executions
          .filter(
            (one) => (one.statement.action === "read" || one.statement.action === "write") && one.time >= slow && isAlone(one, all, stalls),
          )
          .map((execution) => ({ scope, execution })),
  );
}

/** At least 100 ms of its time nothing else was under way. */
function isAlone(one: Execution, all: readonly Execution[], stalls: Thread["stalls"]): boolean {
  const ended = one.begun + one.time;
  const others = [...all.filter((other) => other !== one), ...(isSynchronous(one) ? [] : stalls)]
    .filter((other) => other.begun < ended && other.begun + other.time > one.begun)
    .map(({ begun, time }) => [Math.max(begun, one.begun), Math.min(begun + time, ended)] as const);
  return one.time - covered(others) >= slow;
}

/** These block the program themselves. */
const isSynchronous = ({ statement }: Execution): boolean => synchronous.has(statement.library);

function evidenceOf(list: readonly Found[]): SlowEvidence {
  const { statement, places } = (list[0] as Found).execution;
  const [place, ...callers] = places;
  return {
    kind: "slow",
    library: statement.library,
    shape: statement.shape,
    fingerprint: statement.fingerprint,
    ...(place === undefined ? {} : { place }),
    callers,
    routes: [...new Set(list.map(({ scope }) => scope.route))].sort(),
    count: list.length,
    time: spreadOf(list.map(({ execution }) => execution.time / 1000)),
  };
}
