/** Loops that try something again when it failed, and do not wait before they do. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { LoopStatement, Statement } from "../../model/facts-statements.ts";
import { wordsOf } from "../interpret/unit.ts";
import { calledName } from "./handles.ts";
import { blocksOf, boundBy, someInside } from "./parts.ts";
import { partsOf, placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** Words in the names of what lets time pass. */
const pausing = /sleep|delay|wait(?!_for)|back_?off|set_?timeout|pause|jitter|throttle|interval/i;

type Try = Extract<Statement, { kind: "try" }>;

export function readRetries(r: Reading): void {
  for (const { s, spot } of r.t.statements) {
    if (s.kind !== "loop" || spot.fn === 0 || !repeatsOnly(s)) continue;
    const tries = s.body.filter((one): one is Try => one.kind === "try" && one.handler !== undefined);
    const [attempt] = tries;
    if (attempt === undefined || tries.length > 1 || !isRetried(s, attempt)) continue;
    r.found.retries.push({ ...placeIn(r, s, spot), endless: s.form === "while" && isAlways(s), leaves: lastExit(s, attempt) });
  }
}

/** It goes over numbers, or until something happens: not over what is worked off. */
function repeatsOnly({ form, iterable }: LoopStatement): boolean {
  if (form === "count" || form === "while" || form === "do") return true;
  return form === "each" && iterable?.kind === "call" && iterable.callee.kind === "name" && iterable.callee.name === "range";
}

function isAlways({ test }: LoopStatement): boolean {
  return test === undefined || (test.kind === "literal" && test.value === true);
}

/** What succeeds ends the loop, what fails begins the next round, and nothing lets time pass in between. */
function isRetried(loop: LoopStatement, attempt: Try): boolean {
  const at = loop.body.indexOf(attempt);
  const handler = attempt.handler ?? [];
  const after = [...handler, ...(attempt.finalizer ?? []), ...loop.body.slice(at + 1)];
  if (asksOther(loop, attempt)) return false;
  const ends = [...attempt.body, ...loop.body.slice(at + 1)].some(isLeaving) || attempt.body.some(leavesInside);
  if (!ends || alwaysLeaves(handler)) return false;
  return !loop.body.some((s) => has(s, (e) => e.kind === "call" && pausing.test(calledName(e)))) && !after.some((s) => has(s, isWait));
}

function isWait(e: Parameters<Parameters<typeof someInside>[1]>[0]): boolean {
  return e.kind === "await" || e.kind === "yield";
}

/** What is asked depends on the number of the attempt: the month before, the next mirror. */
function asksOther({ test, target }: LoopStatement, { body }: Try): boolean {
  const counted = new Set(boundBy(target));
  if (test !== undefined)
    someInside(test, (part) => {
      if (part.kind === "name" && part.binding >= 0) counted.add(part.binding);
      return false;
    });
  const isCounter = (e: Expression): boolean => e.kind === "name" && counted.has(e.binding);
  return body.some((s) =>
    has(
      s,
      (e) =>
        e.kind === "call" &&
        !/^(?:console|log|logger|logging)\b/.test(wordsOf(e.callee)) &&
        e.args.some(({ value }) => someInside(value, isCounter)),
    ),
  );
}

function lastExit(loop: LoopStatement, attempt: Try): number {
  const inside = (s: Statement): number[] =>
    isLeaving(s) ? [s.end] : s.kind === "loop" ? [] : blocksOf(s).flatMap((block) => block.flatMap(inside));
  const after = loop.body.slice(loop.body.indexOf(attempt) + 1).filter(isLeaving);
  return Math.max(0, ...attempt.body.flatMap(inside), ...after.map((s) => s.end));
}

function isLeaving({ kind }: Statement): boolean {
  return kind === "return" || kind === "break";
}

function leavesInside(s: Statement): boolean {
  if (isLeaving(s)) return true;
  return s.kind !== "loop" && blocksOf(s).some((block) => block.some(leavesInside));
}

function alwaysLeaves(block: readonly Statement[]): boolean {
  return block.some(
    (s) =>
      isLeaving(s) ||
      s.kind === "throw" ||
      (s.kind === "branch" && s.else.length > 0 && alwaysLeaves(s.then) && alwaysLeaves(s.else)) ||
      (s.kind === "block" && alwaysLeaves(s.body)),
  );
}

function has(s: Statement, test: Parameters<typeof someInside>[1]): boolean {
  return partsOf(s).some((e) => someInside(e, test)) || blocksOf(s).some((block) => block.some((inner) => has(inner, test)));
}
