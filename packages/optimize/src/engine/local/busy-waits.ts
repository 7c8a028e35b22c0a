/** Loops that ask the clock until some time has passed, and calls that put the thread to sleep. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { LoopStatement, Statement } from "../../model/facts-statements.ts";
import { wordsOf } from "../interpret/unit.ts";
import { importedName } from "./handles.ts";
import { blocksOf, someInside } from "./parts.ts";
import { partsOf, placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

const clocks: ReadonlySet<string> = new Set(["now", "hrtime", "time", "monotonic", "perf_counter", "time_ns", "getTime", "bigint"]);
const time: ReadonlySet<string> = new Set(["time"]);

export function readBusyWaits(r: Reading): void {
  for (const { s, spot } of r.t.statements)
    if (s.kind === "loop" && spot.fn !== 0 && isWaiting(r, s))
      r.found.busyWaits.push({ ...placeIn(r, s, spot), form: "loop", words: s.test === undefined ? "" : wordsOf(s.test) });
  if (r.python) return;
  for (const { e, spot } of r.t.calls)
    if (spot.fn !== 0 && wordsOf(e.callee) === "Atomics.wait" && e.callee.kind === "member" && isGlobal(e.callee.object))
      r.found.busyWaits.push({ ...placeIn(r, e, spot), form: "wait", words: "Atomics.wait" });
}

/** The test asks the clock, and the body does nothing that could take the time: it calls nothing but the clock. */
function isWaiting(r: Reading, { test, body, update }: LoopStatement): boolean {
  if (test === undefined || !asksClock(r, test, body)) return false;
  const idle = (e: Expression): boolean =>
    !someInside(e, (part) => part.kind === "await" || part.kind === "yield" || (part.kind === "call" && !isClock(r, part)));
  const quiet = (s: Statement): boolean => partsOf(s).every(idle) && blocksOf(s).every((block) => block.every(quiet));
  return idle(test) && (update === undefined || idle(update)) && body.every(quiet);
}

/** `while (Date.now() < end)`, or a variable that the body sets by the clock. */
function asksClock(r: Reading, test: Expression, body: readonly Statement[]): boolean {
  if (someInside(test, (part) => isClock(r, part))) return true;
  return body.some(
    (s) =>
      s.kind === "assign" &&
      s.target.kind === "bind" &&
      s.value !== undefined &&
      someInside(s.value, (part) => isClock(r, part)) &&
      namesIn(test).includes(s.target.binding),
  );
}

function namesIn(e: Expression): number[] {
  const out: number[] = [];
  someInside(e, (part) => {
    if (part.kind === "name") out.push(part.binding);
    return false;
  });
  return out;
}

/** `Date.now()`, `performance.now()`, `process.hrtime.bigint()`, `new Date().getTime()`, `time.monotonic()`. */
function isClock(r: Reading, e: Expression): boolean {
  if (e.kind === "binary" || e.kind === "unary") return false;
  if (e.kind !== "call") return false;
  if (r.python) return clocks.has(importedName(r, e.callee, time) ?? "");
  if (e.new) return e.callee.kind === "name" && e.callee.binding < 0 && e.callee.name === "Date" && e.args.length === 0;
  if (e.callee.kind !== "member" || !clocks.has(e.callee.name)) return false;
  const { object } = e.callee;
  return /^(?:Date|performance|process|process\.hrtime)$/.test(wordsOf(object)) || (object.kind === "call" && isClock(r, object));
}

function isGlobal(e: Expression): boolean {
  return e.kind === "name" && e.binding < 0;
}
