/** Queues of jobs: what becomes of a job when it is done. */
import type { Expression } from "../../model/facts-expressions.ts";
import { importedName, textOf } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

const libraries: readonly string[] = ["bullmq", "bull"];

export function readQueues(r: Reading): void {
  if (r.python) return;
  for (const { e, spot } of r.t.expressions)
    if (e.kind === "object" && e.properties.some(({ name }) => name === "removeOnComplete"))
      r.found.removals.push(placeIn(r, e, spot).place);
  for (const { e, spot } of r.t.calls) {
    if (!e.new) continue;
    const library = libraries.find((one) => {
      const name = importedName(r, e.callee, new Set([one]));
      return name === "Queue" || (one === "bull" && (name === "default" || name === "*" || isRequired(r, e.callee, one)));
    });
    if (library === undefined) continue;
    const options = e.args[e.args.length - 1]?.value;
    const defaults = propertyOf(options, "defaultJobOptions");
    r.found.queues.push({
      ...placeIn(r, e, spot),
      library,
      seen: (e.args.length < 2 || isWritten(options)) && (defaults === undefined || isWritten(defaults)),
      removes: propertyOf(defaults, "removeOnComplete") !== undefined,
    });
  }
}

/** `const Queue = require("bull")` */
function isRequired(r: Reading, e: Expression, name: string): boolean {
  const value = e.kind === "name" && e.binding >= 0 ? r.t.bindings.get(e.binding)?.writes[0]?.value : undefined;
  return value?.kind === "import" && textOf(value.specifier) === name;
}

/** An object with nothing in it that stands elsewhere. */
function isWritten(e: Expression | undefined): boolean {
  return (e?.kind === "object" && e.properties.every((one) => !one.spread)) || (e?.kind === "literal" && e.type === "string");
}

function propertyOf(e: Expression | undefined, name: string): Expression | undefined {
  return e?.kind === "object" ? e.properties.find((one) => one.name === name)?.value : undefined;
}
