/** Elements added to a list, and what a loop has collected by then. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import type { LoopFrame } from "./frames.ts";
import { none, only, union } from "./deps.ts";
import { escapes } from "./escapes.ts";
import { evaluate } from "./expressions.ts";
import { join } from "./joins.ts";
import { isPieceNumber } from "./quotients.ts";
import { writeMember } from "./member-writes.ts";
import type { Origin, Size, Value } from "./value.ts";
import { arrayIn, unknown, withDeps } from "./value.ts";

/** `list.push(x)`, `set.add(x)`, `map.set(k, v)`: the receiver holds one more; in a loop it collects. */
export function addTo(act: Activation, receiver: Value, name: string, args: readonly Value[], e: Expression): Value | undefined {
  const target = e.kind === "call" && e.callee.kind === "member" ? e.callee.object : undefined;
  const isMap = name === "set";
  if (isMap && !receiver.what.some((origin) => origin.kind === "map")) return undefined;
  let added = isMap ? (args[1] ?? unknown) : (args[0] ?? unknown);
  escapes(act, added, e);
  // `params.append(name, value)`, `list.push(a, b)`.
  if (!isMap) for (let i = 1; i < args.length; i++) added = withDeps(added, args[i]?.deps ?? none);
  let size: Size | undefined;
  for (const loop of act.loops) {
    if (!madeBefore(act, target, loop)) continue;
    if (added.deps.includes(loop.element))
      added = {
        what: added.what,
        deps: union(
          added.deps.filter((token) => token !== loop.element),
          only(loop.collected),
        ),
      };
    size ??= loop.facts.size;
  }
  if (act.unseen > 0) size ??= {};
  const list = arrayIn(receiver);
  const map = receiver.what.find((origin) => origin.kind === "map");
  const grown: Origin =
    isMap && map?.kind === "map"
      ? { kind: "map", value: map.size.exact === 0 ? added : join(map.value, added), size: size ?? { symbol: map.size.symbol } }
      : {
          kind: "array",
          element: list === undefined || list.size.exact === 0 ? added : join(list.element, added),
          size: grownSize(list?.size, size),
          ...grownElements(act, list, args),
        };
  const value: Value = {
    what: [grown],
    deps: union(receiver.deps, union(added.deps, isMap ? collectedKey(act, args[0], target) : none)),
    key: undefined,
  };
  if (target?.kind === "name" && target.binding >= 0) act.env.assign(target.binding, value, act);
  else if (target?.kind === "member" && target.name !== "") {
    const object = receiver;
    void object;
    writeMember(act, ownerOf(act, target), target, undefined, value);
  } else if (target?.kind === "member" && target.computed !== undefined && isPieceNumber(act, target.computed))
    addToPiece(act, target, added);
  return value;
}

/** `groups[Math.floor(i / size)].push(item)`: the list of groups holds pieces of what is gone through. */
function addToPiece(act: Activation, { object }: Extract<Expression, { kind: "member" }>, added: Value): void {
  if (object.kind !== "name" || object.binding < 0) return;
  const groups = act.env.get(object.binding, act);
  const list = groups === undefined ? undefined : arrayIn(groups);
  if (groups === undefined || list === undefined) return;
  const piece: Value = { what: [{ kind: "array", element: added, size: {}, picked: true, chunk: true }], deps: added.deps, key: undefined };
  const size = list.size.exact === 0 ? {} : list.size;
  act.env.assign(
    object.binding,
    { what: [{ kind: "array", element: piece, size }], deps: union(groups.deps, added.deps), key: groups.key },
    act,
  );
}

function collectedKey(act: Activation, key: Value | undefined, target: Expression | undefined): readonly number[] {
  let deps = key?.deps ?? none;
  for (const loop of act.loops)
    if (madeBefore(act, target, loop) && deps.includes(loop.element))
      deps = union(
        deps.filter((token) => token !== loop.element),
        only(loop.collected),
      );
  return deps;
}

/** What a loop that puts the program together adds is known one by one, where nothing decides whether it is added. */
function grownElements(
  act: Activation,
  list: Extract<Origin, { kind: "array" }> | undefined,
  args: readonly Value[],
): { readonly elements: readonly Value[] } | undefined {
  if (act.wiring === "" || list?.elements === undefined || list.elements.length !== list.size.exact) return undefined;
  return args.length === 1 && act.loops.length === 0 && act.conditions.length === 0 && act.unseen === 0
    ? { elements: [...list.elements, args[0] as Value] }
    : undefined;
}

function grownSize(before: Size | undefined, loop: Size | undefined): Size {
  if (loop !== undefined) return before?.symbol === undefined || before.exact === 0 ? loop : before;
  if (before?.exact !== undefined) return { exact: before.exact + 1, max: before.exact + 1 };
  return before ?? {};
}
function ownerOf(act: Activation, target: Extract<Expression, { kind: "member" }>): Value {
  const { cost } = act;
  const value =
    target.object.kind === "name" || target.object.kind === "this" || target.object.kind === "member"
      ? evaluate(act, target.object)
      : unknown;
  act.cost = cost;
  return value;
}

/** The collection was there before the loop began. */
export function madeBefore(act: Activation, target: Expression | undefined, loop: LoopFrame): boolean {
  if (target === undefined) return false;
  if (target.kind === "member") return madeBefore(act, target.object, loop) || target.object.kind === "this";
  if (target.kind !== "name" || target.binding < 0) return false;
  const value = act.env.get(target.binding, act);
  if (value === undefined) return true;
  return !value.deps.some((token) => token >= loop.mark) && declaredOutside(act, target.binding, loop);
}

function declaredOutside(act: Activation, binding: number, loop: LoopFrame): boolean {
  const fn = act.unit.facts.functions[act.unit.facts.bindings[binding]?.owner ?? 0];
  const { place } = loop.facts;
  if (act.unit.facts.file !== place.file || fn === undefined) return true;
  // Declared by a function that lies inside the loop, or by a statement of its body.
  if (fn.at > place.at && fn.end <= place.end) return false;
  return !act.env.declaredInside(binding, loop);
}
