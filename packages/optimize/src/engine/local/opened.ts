/** Files, connections and processes that a function opens into a variable, and whether it closes them. */
import type { CallExpression } from "../../model/facts-expressions.ts";
import { wordsOf } from "../interpret/unit.ts";
import { blocksOf } from "./parts.ts";
import { isInside, placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Use } from "./text.ts";

/** Methods that let go of what they are called on. */
const closing: ReadonlySet<string> = new Set(
  "close release $disconnect end destroy disconnect terminate kill wait communicate closeSync quit dispose aclose unref".split(" "),
);

/** A stream of a file has it from then on, and closes it at its end. */
const streaming: ReadonlySet<string> = new Set(["createReadStream", "createWriteStream", "readLines"]);

export function readOpened(r: Reading): void {
  for (const { s, spot } of r.t.statements) {
    if (s.kind !== "assign" || s.target.kind !== "bind" || s.value === undefined || s.released === true || spot.fn === 0) continue;
    const value = s.value.kind === "await" ? s.value.value : s.value;
    if (value.kind !== "call" || r.unit.lent.has(value.callee.end)) continue;
    const declared = r.t.facts.bindings[s.target.binding];
    if (declared?.owner !== spot.fn) continue;
    if (goesWith(r, value, spot.fn)) continue;
    const uses = r.t.bindings.get(s.target.binding);
    if (uses === undefined || uses.writes.length !== 1) continue;
    const closed = closedBy(r, uses.reads, spot.fn);
    if (closed === undefined) continue;
    const { place, function: within } = placeIn(r, value, spot);
    r.found.opened.push({
      place,
      function: within,
      name: s.target.name,
      call: wordsOf(value.callee),
      of: r.unit.openings.get(value.callee.end),
      closed,
      made: value.new,
      shared: r.importedElsewhere(r.t.facts.functions[spot.fn]?.name ?? ""),
    });
  }
}

/** The page of a browser that the function opened itself is closed with it. */
function goesWith(r: Reading, { callee }: CallExpression, fn: number): boolean {
  if (callee.kind !== "member" || r.unit.openings.get(callee.end)?.startsWith("browsers.") !== true) return false;
  return callee.object.kind === "name" && r.t.facts.bindings[callee.object.binding]?.owner === fn;
}

/** undefined: somebody else gets it, and closes it. */
function closedBy(r: Reading, reads: readonly Use[], fn: number): "always" | "unless-failing" | "never" | undefined {
  let closed = false;
  let sure = false;
  let handled = false;
  let worked = false;
  for (const { e, parent, spot } of reads) {
    if (parent?.kind === "with") return "always";
    if (parent?.kind === "member" && parent.object === e) {
      if (streaming.has(parent.name)) return undefined;
      if (!closing.has(parent.name)) continue;
      closed = true;
      if (spot.fn !== fn || isInPart(r, e, "finalizer")) sure = true;
      if (isInPart(r, e, "handler")) handled = true;
      else worked = true;
      continue;
    }
    if (parent?.kind === "loop" || parent?.kind === "branch" || parent?.kind === "unary" || parent?.kind === "binary") continue;
    if (parent?.kind === "comprehension") continue;
    // Passed on, returned, kept: it is somebody else's now.
    return undefined;
  }
  if (!closed) return "never";
  // Where it works, and where it fails.
  return sure || (handled && worked) ? "always" : "unless-failing";
}

function isInPart(r: Reading, e: { readonly at: number; readonly end: number }, part: "handler" | "finalizer"): boolean {
  return r.t.statements.some(
    ({ s }) =>
      s.kind === "try" &&
      (s[part] ?? []).some((inner) => isInside(inner, e) || blocksOf(inner).some((block) => block.some((one) => isInside(one, e)))),
  );
}
