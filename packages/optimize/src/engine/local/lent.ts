/** What a function takes out of a pool into a variable, and whether it gives it back on every way out. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Lent } from "../../model/local.ts";
import type { LendsSpec } from "../../model/lends.ts";
import { wordsOf } from "../interpret/unit.ts";
import { someInside } from "./parts.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Use } from "./text.ts";
import { waysOut } from "./ways-out.ts";

export function readLent(r: Reading): void {
  if (r.unit.lent.size === 0) return;
  for (const { s, spot } of r.t.statements) {
    if (s.kind !== "assign" || s.target.kind !== "bind" || s.value === undefined || s.released === true || spot.fn === 0) continue;
    const value = s.value.kind === "await" ? s.value.value : s.value;
    const spec = value.kind === "call" ? r.unit.lent.get(value.callee.end) : undefined;
    if (value.kind !== "call" || spec === undefined) continue;
    const { binding, name } = s.target;
    const uses = r.t.bindings.get(binding);
    if (uses === undefined || r.t.facts.bindings[binding]?.owner !== spot.fn) continue;
    if (uses.writes.filter((write) => write.value !== undefined || !write.whole).length !== 1) continue;
    const back = backOn(r, s, uses.reads, { binding, fn: spot.fn, spec });
    if (back === undefined) continue;
    r.found.lent.push({ ...placeIn(r, value, spot), name, call: wordsOf(value.callee), spec, ...back });
  }
}

interface Taken {
  readonly binding: number;
  readonly fn: number;
  readonly spec: LendsSpec;
}

/** undefined: it always comes back, or somebody else has it. */
function backOn(r: Reading, s: Statement, reads: readonly Use[], taken: Taken): Pick<Lent, "back" | "exit"> | undefined {
  const { binding, fn, spec } = taken;
  const backs = reads.filter((use) => isBack(use, spec));
  // Another function does it when its time has come.
  if (backs.some(({ spot }) => spot.fn !== fn)) return undefined;
  if (reads.some(({ parent }) => parent?.kind === "with")) return undefined;
  const others = reads.filter((use) => !isBack(use, spec) && isPassed(use));
  if (backs.length === 0) return others.length > 0 ? undefined : { back: "never" };
  const body = r.t.facts.functions[fn]?.body ?? [];
  const given = (e: Expression): boolean => someInside(e, (part) => backs.some((use) => use.e === part));
  const out = waysOut(body, {
    takes: (one) => one === s,
    gives: given,
    names: (e) => someInside(e, (part) => part.kind === "name" && part.binding === binding),
    isIt: (e) => e.kind === "name" && e.binding === binding,
    fails: (e) => mayFail(r, e, taken),
    python: r.python,
  });
  const place = (node: Statement | undefined): Pick<Lent, "exit"> =>
    node === undefined ? {} : { exit: placeIn(r, node, { fn, loops: [], statement: undefined }).place };
  // Whoever is handed it may give it back where this function does not.
  if (out.leaves !== undefined && others.length === 0) return { back: "unless-leaving", ...place(out.leaves.by) };
  return out.fails === undefined ? undefined : { back: "unless-failing", ...place(out.fails.by) };
}

function isBack({ e, parent, above }: Use, { back, to = [] }: LendsSpec): boolean {
  if (parent?.kind === "member" && parent.object === e)
    return back.includes(parent.name) && above?.kind === "call" && above.callee === parent;
  return parent?.kind === "call" && parent.callee.kind === "member" && to.includes(parent.callee.name);
}

/** It goes somewhere else as a whole: into a call, a field, what is returned. */
function isPassed({ e, parent, above }: Use): boolean {
  if (parent === undefined) return true;
  switch (parent.kind) {
    case "object":
      // `{ transaction: t }`: what is called runs within it.
      return above?.kind !== "call";
    case "member":
      return parent.object !== e;
    case "branch":
    case "loop":
    case "unary":
    case "binary":
    case "logical":
    case "conditional":
      return false;
    default:
      return true;
  }
}

/** JavaScript: what is waited for; Python: what is called. Beginning with it and rolling back fail only when the connection does. */
function mayFail(r: Reading, e: Expression, { binding, spec }: Taken): boolean {
  return someInside(e, (part) => {
    if (r.python && part.kind === "yield") return true;
    if (part.kind !== (r.python ? "call" : "await")) return false;
    const call = part.kind === "await" ? part.value : part;
    if (call.kind !== "call" || call.callee.kind !== "member") return true;
    const { object, name } = call.callee;
    if (object.kind !== "name" || object.binding !== binding) return true;
    const [first] = call.args;
    const text = first?.value.kind === "literal" && typeof first.value.value === "string" ? first.value.value : "";
    return !(spec.steady?.includes(name) === true || /^\s*(?:begin|start\s+transaction|set|rollback)\b/i.test(text));
  });
}
