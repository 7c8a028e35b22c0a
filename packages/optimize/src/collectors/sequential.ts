/**
 * Calls in turn that need nothing of each other: reads of one function at different lines, none of which asks for anything that was not known when the
 * first one began. Whether a later one is made because of what an earlier one answered cannot be seen: never more than likely.
 */
import type { SequentialEvidence } from "../model/evidence.ts";
import { groupedBy } from "../model/grouped.ts";
import { spreadOf } from "../model/spread.ts";
import { placeKey, type Execution, type Scope } from "./executions.ts";

/** Microseconds that side by side would save, and their part of the request, from which it is worth a word. */
const leastGain = 10_000;
const leastShare = 0.2;
/** Microseconds between one and the next: longer, and something else was waited for. */
const pause = 5000;

interface Chain {
  readonly scope: Scope;
  readonly calls: readonly Execution[];
}

/** Chains of all requests, one for the lines that they are made of. */
export function sequentialOf(scopes: readonly Scope[]): SequentialEvidence[] {
  const found = scopes
    .filter(({ request }) => (request?.time ?? 0) > 0)
    .flatMap(chainsIn)
    .sort((a, b) => b.calls.length - a.calls.length);
  const longest = found.map(({ calls }) => calls.map(keyOf));
  // A request in which something came in between has a part of the chain only.
  const whole = ({ calls }: Chain): string => (longest.find((keys) => calls.every((one) => keys.includes(keyOf(one)))) ?? []).join();
  return [...groupedBy(found, whole).values()].filter((list) => list.some(isWorthIt)).map(evidenceOf);
}

const keyOf = ({ places: [place] }: Execution): string => (place === undefined ? "" : placeKey(place));

function chainsIn(scope: Scope): Chain[] {
  const chains: Chain[] = [];
  let open: Execution[] = [];
  let inTransaction = false;
  const times = new Map<string, number>();
  for (const { group } of scope.executions) times.set(group, (times.get(group) ?? 0) + 1);
  const close = (): void => {
    if (open.length >= 2) chains.push({ scope, calls: open });
    open = [];
  };
  for (const one of scope.executions) {
    const { shape } = one.statement;
    if (one.statement.action === "control") {
      inTransaction = /^(?:begin|start transaction|savepoint)/.test(shape) || (inTransaction && !/^(?:commit|rollback|end)/.test(shape));
      close();
      continue;
    }
    // What runs in a loop asks for what the loop runs over.
    if (inTransaction || !isAsking(one) || one.places[0] === undefined || times.get(one.group) !== 1) {
      close();
      continue;
    }
    if (!follows(open, one)) close();
    open.push(one);
  }
  close();
  // What happens beside a chain shows that the program knows how to.
  return chains.filter(
    ({ calls }) => !scope.executions.some((other) => !calls.includes(other) && calls.some((one) => overlap(one, other))),
  );
}

function isAsking({ statement, failed }: Execution): boolean {
  if (failed || statement.library === "better-sqlite3" || statement.library === "node:sqlite" || statement.library === "redis")
    return false;
  if (emptyList.test(statement.shape)) return false;
  return statement.action === "read" || (statement.action === "call" && /^(?:GET|HEAD) /.test(statement.shape));
}

function follows(open: readonly Execution[], one: Execution): boolean {
  const before = open.at(-1);
  const [place] = one.places;
  const [last] = before?.places ?? [];
  if (before === undefined || place === undefined || last === undefined) return false;
  const ended = before.begun + before.time;
  return (
    one.ready &&
    place.file === last.file &&
    place.function === last.function &&
    place.line > last.line &&
    one.begun >= ended &&
    one.begun - ended < Math.max(pause, before.time / 2)
  );
}

/** What is left of `id in ()`: builders write a condition that never holds. Which list was empty, an earlier answer told. */
const emptyList = /\b(?:where|and) \(?\? = \?(?=\)| |$)|\bwhere \(?\?(?=\)| (?:and|or|order|group|limit)\b|$)/;

const overlap = (a: Execution, b: Execution): boolean => a.begun < b.begun + b.time && b.begun < a.begun + a.time;

const sum = (calls: readonly Execution[]): number => calls.reduce((total, { time }) => total + time, 0);
const longest = (calls: readonly Execution[]): number => calls.reduce((most, { time }) => Math.max(most, time), 0);

function isWorthIt({ scope, calls }: Chain): boolean {
  const gain = sum(calls) - longest(calls);
  return gain >= leastGain && gain >= leastShare * (scope.request?.time ?? Infinity);
}

function evidenceOf(list: readonly Chain[]): SequentialEvidence {
  const { calls } = list.reduce((most, chain) => (chain.calls.length > most.calls.length ? chain : most));
  return {
    kind: "sequential",
    tier: "likely",
    shapes: calls.map(({ statement }) => statement.shape),
    places: calls.flatMap(({ places: [place] }) => (place === undefined ? [] : [place])),
    routes: [...new Set(list.map(({ scope }) => scope.route))].sort(),
    requests: list.length,
    together: spreadOf(list.map((chain) => sum(chain.calls) / 1000)),
    longest: spreadOf(list.map((chain) => longest(chain.calls) / 1000)),
  };
}
