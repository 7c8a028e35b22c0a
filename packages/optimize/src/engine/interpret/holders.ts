/** Variables that hold an object which is written: from then on they depend on what was put in. */
import type { Expression, MemberExpression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { madeBefore } from "./additions.ts";
import type { Deps } from "./deps.ts";
import { firstLocalToken, none, only, union } from "./deps.ts";
import type { Value } from "./value.ts";

/** `where.id = row.id`: who asks by `where` asks by the row. Options that got one more entry are also not the options that they were. */
export function noteHolder(act: Activation, object: Value, e: MemberExpression, computed: Value | undefined, value: Value): void {
  const root = rootOf(e);
  if (root === undefined) return;
  const held = e.object === root ? object : act.env.get(root.binding, act);
  if (held === undefined) return;
  // What is written into the elements of a list leaves it as long as it was.
  const own = held.what.some((origin) => origin.kind === "object" && !origin.object.persistent);
  if (!own && held.what.length > 0) return;
  const added = union(value.deps, computed?.deps ?? none);
  const direct = e.object === root;
  const put = added.length === 0 ? none : own && direct ? collected(act, e, added) : outside(act, e, held, added);
  const deps = union(held.deps, put);
  const renamed = direct && held.key !== undefined;
  if (renamed || deps !== held.deps) act.env.assign(root.binding, { ...held, deps, key: renamed ? `v${act.token()}` : held.key }, act);
}

function rootOf(e: MemberExpression): Extract<Expression, { kind: "name" }> | undefined {
  let target: Expression = e.object;
  while (target.kind === "member") target = target.object;
  return target.kind === "name" && target.binding >= 0 ? target : undefined;
}

/** What was there before a loop holds, after some rounds, what they put in: not this round's element alone. */
function collected(act: Activation, e: MemberExpression, added: Deps): Deps {
  let out = added;
  for (const loop of act.loops) {
    if (!out.includes(loop.element) || !madeBefore(act, e.object, loop)) continue;
    out = union(
      out.filter((token) => token !== loop.element),
      only(loop.collected),
    );
  }
  return out;
}

/** `hash.update(text)`: an object that nobody can see into may keep what a call gives it, when the call is made for nothing else. */
export function noteTaken(act: Activation, e: Expression, receiver: Value | undefined, given: Deps): void {
  if (e.kind !== "call" || e.new || e.callee.kind !== "member" || given.length === 0 || receiver?.what.length !== 0) return;
  if (act.letGo?.at !== e.at || act.letGo.end !== e.end) return;
  const root = rootOf(e.callee);
  const held = root === undefined ? undefined : act.env.get(root.binding, act);
  if (root === undefined || held === undefined || held.what.length > 0) return;
  const deps = union(held.deps, outside(act, e.callee, held, given));
  if (deps !== held.deps) act.env.assign(root.binding, { ...held, deps }, act);
}

/**
 * Of an object that nobody can see into, other members are read as well: what was read from the outside world before does not
 * make them wait for it. What came as an argument is the caller's.
 */
function outside(act: Activation, e: MemberExpression, held: Value, added: Deps): Deps {
  if (held.key?.startsWith("$") === true) return none;
  return collected(act, e, added).filter(
    (token) =>
      token < firstLocalToken || act.loops.some((loop) => token === loop.element || token === loop.carried || token === loop.collected),
  );
}
