/**
 * Calls in turn that need nothing of each other: reads that one function asks for at different lines, by itself or by what it calls there, none of which
 * asks for anything that was not known when the first one began. Whether a later one is made because of what an earlier one answered cannot be seen: never more than likely.
 */
import type { CodePlace, SequentialEvidence } from "../model/evidence.ts";
import { groupedBy } from "../model/grouped.ts";
import { spreadOf } from "../model/spread.ts";
import { placeKey, synchronous, type Execution, type Scope } from "./executions.ts";

/** Microseconds that side by side would save, and their part of the request, from which it is worth a word. */
const leastGain = 10_000;
const leastShare = 0.2;
/** Microseconds between one and the next: longer, and something else was waited for. */
const pause = 5000;

/** A call, and the place in the function that makes all calls of the chain. */
interface Step {
  readonly call: Execution;
  readonly place: CodePlace;
}

interface Chain {
  readonly scope: Scope;
  readonly steps: readonly Step[];
}

/** Chains of all requests, one for the lines that they are made of. */
export function sequentialOf(scopes: readonly Scope[]): SequentialEvidence[] {
  const found = scopes
    .filter(({ request }) => (request?.time ?? 0) > 0)
    .flatMap(chainsIn)
    .sort((a, b) => b.steps.length - a.steps.length);
  const longest = found.map(({ steps }) => steps.map(({ place }) => placeKey(place)));
  // A request in which something came in between has a part of the chain only.
  const whole = ({ steps }: Chain): string =>
    (longest.find((keys) => steps.every(({ place }) => keys.includes(placeKey(place)))) ?? []).join();
  return [...groupedBy(found, whole).values()].filter(isMostlyWorthIt).map(evidenceOf);
}

function chainsIn(scope: Scope): Chain[] {
  const chains: Chain[] = [];
  let open: Step[] = [];
  let before: Execution | undefined;
  let inTransaction = false;
  const times = new Map<string, number>();
  for (const { group } of scope.executions) times.set(group, (times.get(group) ?? 0) + 1);
  const close = (next?: Execution): void => {
    if (open.length >= 2) chains.push({ scope, steps: open });
    open = [];
    before = next;
  };
  const answered = new Set<string>();
  for (const one of scope.executions) {
    const { shape } = one.statement;
    const question = `${one.statement.library}\0${one.statement.fingerprint}\0${one.hash}`;
    const isRepeated = answered.has(question);
    if (isRead(one)) answered.add(question);
    else answered.clear();
    if (one.statement.action === "control") {
      inTransaction = /^(?:begin|start transaction|savepoint)/.test(shape) || (inTransaction && !/^(?:commit|rollback|end)/.test(shape));
      close();
      continue;
    }
    // What runs in a loop asks for what the loop runs over; what was answered before in the request is not to be asked sooner, but not again.
    if (inTransaction || isRepeated || !isAsking(one) || times.get(one.group) !== 1) {
      close();
      continue;
    }
    const pair = before !== undefined && one.ready && isSoonAfter(before, one) ? meeting(before, one) : undefined;
    // The function that made the first two makes all.
    const last = open.at(-1);
    if (pair === undefined || (last !== undefined && placeKey(last.place) !== placeKey(pair[0].place))) close(one);
    if (pair !== undefined) open = open.length === 0 ? [...pair] : [...open, pair[1]];
    before = one;
  }
  close();
  // What happens beside a chain shows that the program knows how to.
  return chains.filter(({ steps }) => {
    const calls = steps.map(({ call }) => call);
    return !scope.executions.some((other) => !calls.includes(other) && calls.some((one) => overlap(one, other)));
  });
}

function isAsking({ statement, failed }: Execution): boolean {
  if (failed || synchronous.has(statement.library) || statement.library === "redis") return false;
  return !emptyList.test(statement.shape) && isRead({ statement });
}

const isRead = ({ statement }: Pick<Execution, "statement">): boolean =>
  statement.action === "read" || (statement.action === "call" && /^(?:GET|HEAD) /.test(statement.shape));

function isSoonAfter(before: Execution, one: Execution): boolean {
  const ended = before.begun + before.time;
  return one.begun >= ended && one.begun - ended < Math.max(pause, before.time / 2);
}

/**
 * The outermost function that both calls came from, where it called at different lines, the later one below. One of the two that a library called on
 * its behalf (the next handler of a request, say) was not in turn with the other: it could not have been asked for there.
 */
function meeting(first: Execution, second: Execution): [Step, Step] | undefined {
  let below = second.functions.length;
  for (let at = first.functions.length - 1; at >= 0; at -= 1) {
    const same = second.functions.findLastIndex(({ id }, index) => index < below && id === first.functions[at]?.id);
    const [a, b] = [first.places[at], second.places[same]];
    if (a === undefined || b === undefined) continue;
    below = same;
    // The same call stands at its own column while it runs, and at that of its `await` later.
    if (a.line === b.line) continue;
    if (a.line > b.line || first.functions[at]?.through !== second.functions[same]?.through) return undefined;
    return [
      { call: first, place: a },
      { call: second, place: b },
    ];
  }
  return undefined;
}

/** What is left of `id in ()`: builders write a condition that never holds. Which list was empty, an earlier answer told. */
const emptyList = /\b(?:where|and) \(?\? = \?(?=\)| |$)|\bwhere \(?\?(?=\)| (?:and|or|order|group|limit)\b|$)/;

const overlap = (a: Execution, b: Execution): boolean => a.begun < b.begun + b.time && b.begun < a.begun + a.time;

const sum = (calls: readonly Execution[]): number => calls.reduce((total, { time }) => total + time, 0);
const longest = (calls: readonly Execution[]): number => calls.reduce((most, { time }) => Math.max(most, time), 0);

/** A single request may have waited for a connection, or for a machine that was busy. */
function isMostlyWorthIt(list: readonly Chain[]): boolean {
  return list.filter(isWorthIt).length * 2 > list.length;
}

function isWorthIt({ scope, steps }: Chain): boolean {
  const calls = steps.map(({ call }) => call);
  const gain = sum(calls) - longest(calls);
  return gain >= leastGain && gain >= leastShare * (scope.request?.time ?? Infinity);
}

function evidenceOf(list: readonly Chain[]): SequentialEvidence {
  const { steps } = list.reduce((most, chain) => (chain.steps.length > most.steps.length ? chain : most));
  const calls = list.map((chain) => chain.steps.map(({ call }) => call));
  return {
    kind: "sequential",
    tier: "likely",
    shapes: steps.map(({ call }) => call.statement.shape),
    places: steps.map(({ place }) => place),
    routes: [...new Set(list.map(({ scope }) => scope.route))].sort(),
    requests: list.length,
    together: spreadOf(calls.map((one) => sum(one) / 1000)),
    longest: spreadOf(calls.map((one) => longest(one) / 1000)),
  };
}
