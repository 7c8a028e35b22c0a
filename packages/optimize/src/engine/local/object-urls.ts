/** Object URLs (`URL.createObjectURL`) that stay in the function that makes them, in files that take none back. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import { wordsOf } from "../interpret/unit.ts";
import { calledName, callsNamed } from "./handles.ts";
import { someInside } from "./parts.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Use } from "./text.ts";

type Parent = Use["parent"];

export function readObjectUrls(r: Reading): void {
  if (r.python) return;
  const sites = callsNamed(r, new Set(["createObjectURL"])).filter(({ e }) => isOfBrowser(e));
  if (sites.length === 0 || takesBack(r)) return;
  for (const { e, parent, spot } of sites) {
    if (spot.fn === 0 || !staysHere(r, e, parent)) continue;
    r.found.objectUrls.push({ ...placeIn(r, e, spot), words: wordsOf(e.args[0]?.value) });
  }
}

/** `URL`, `window.URL`, `(window.URL || window.webkitURL)`. */
function isOfBrowser({ callee }: CallExpression): boolean {
  return (
    callee.kind === "member" &&
    someInside(
      callee.object,
      (part) => (part.kind === "name" && part.binding < 0 && part.name === "URL") || (part.kind === "member" && part.name === "URL"),
    )
  );
}

/** Also when it is only handed on: `onLoad={URL.revokeObjectURL}`. */
function takesBack(r: Reading): boolean {
  const names = (e: Expression): boolean => someInside(e, (part) => part.kind === "member" && part.name === "revokeObjectURL");
  return (
    callsNamed(r, new Set(["revokeObjectURL"])).length > 0 ||
    r.t.calls.some(({ e }) => e.args.some(({ value }) => names(value))) ||
    r.t.expressions.some(({ e }) => names(e)) ||
    r.t.statements.some(({ s }) => (s.kind === "assign" || s.kind === "return") && s.value !== undefined && names(s.value))
  );
}

/** An element or the state of the component gets it; whoever else is given it may take it back. */
function staysHere(r: Reading, e: Expression, parent: Parent): boolean {
  if (parent?.kind === "assign" && parent.target.kind === "bind") {
    const { binding } = parent.target;
    const uses = r.t.bindings.get(binding);
    const shown = uses?.reads.filter(({ parent: use }) => use?.kind !== "branch" && use?.kind !== "unary") ?? [];
    return uses?.writes.length === 1 && shown.length > 0 && shown.every(({ e: read, parent: use }) => isShown(read, use));
  }
  return isShown(e, parent);
}

function isShown(e: Expression, parent: Parent): boolean {
  if (parent?.kind === "assign")
    return parent.value === e && parent.target.kind === "member" && /^(?:href|src|poster)$/.test(parent.target.target.name);
  if (parent?.kind === "element") return true;
  if (parent?.kind !== "call" || parent.new || parent.callee === e) return false;
  const { callee } = parent;
  if (callee.kind === "member") return callee.name === "setAttribute" || (callee.name === "open" && wordsOf(callee.object) === "window");
  return callee.kind === "name" && (callee.binding >= 0 ? /^set[A-Z]/.test(calledName(parent)) : callee.name === "open");
}
