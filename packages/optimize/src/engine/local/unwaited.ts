/** Asynchronous functions that are given to methods of lists which do not wait for them. */
import { wordsOf } from "../interpret/unit.ts";
import { functionOf } from "./handles.ts";
import { blocksOf, someInside } from "./parts.ts";
import { knownOf, partsOf, placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Statement } from "../../model/facts-statements.ts";

/** What the method makes of the promise: nothing, or an answer that is always true. */
const ignoring: ReadonlySet<string> = new Set(["forEach", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex"]);

export function readUnwaited(r: Reading): void {
  if (r.python) return;
  for (const { e, spot } of r.t.calls) {
    const callback = e.args[0]?.value;
    if (e.callee.kind !== "member" || callback === undefined || !ignoring.has(e.callee.name)) continue;
    const fn = functionOf(r, callback);
    const facts = fn === undefined ? undefined : r.t.facts.functions[fn];
    if (facts?.async !== true) continue;
    const { kind } = knownOf(r, e.callee.object, spot);
    const met = r.sight(e.callee.end);
    if (kind === "text" || kind === "other") continue;
    r.found.unwaited.push({
      ...placeIn(r, e, spot),
      method: e.callee.name,
      words: wordsOf(e.callee.object),
      proven: kind !== undefined || (met?.list === true && !met.other),
      awaits: facts.body.some(waits),
    });
  }
}

function waits(s: Statement): boolean {
  return partsOf(s).some((e) => someInside(e, (part) => part.kind === "await")) || blocksOf(s).some((block) => block.some(waits));
}
