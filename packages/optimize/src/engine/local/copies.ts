/** What was gathered so far, copied whole in each round. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Copying } from "../../model/local.ts";
import { someInside } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { isInside, keyOf, knownOf, loopOf, placeIn } from "./reading.ts";
import type { Around, Spot } from "./text.ts";

export function readCopies(r: Reading): void {
  for (const { e, spot } of r.t.calls) {
    if (e.callee.kind === "member" && (e.callee.name === "reduce" || e.callee.name === "reduceRight")) reduced(r, e, spot);
    if (r.python && e.callee.kind === "name" && e.callee.binding < 0 && e.callee.name === "sum") summed(r, e, spot);
  }
  for (const { s, spot } of r.t.statements) {
    if (s.kind !== "assign" || s.value === undefined) continue;
    const around = innermostStatementLoop(spot);
    if (around === undefined) continue;
    const target: Expression | undefined =
      s.target.kind === "member"
        ? s.target.target
        : s.target.kind === "bind"
          ? { kind: "name", name: s.target.name, binding: s.target.binding, at: s.target.at, end: s.target.at }
          : undefined;
    if (target === undefined) continue;
    const key = keyOf(r, target, spot);
    if (key === "") continue;
    if (s.operator === "+" && r.python) plus(r, s, target, key, spot, around);
    else if (s.operator === "") copied(r, s, s.value, key, target, spot);
  }
}

function innermostStatementLoop(spot: Spot): Around | undefined {
  return spot.loops[spot.loops.length - 1];
}

/** `all = [...all, x]`, `all = all.concat(x)`, `all = { ...all, … }`, Python's `all = all + [x]`. */
function copied(
  r: Reading,
  node: { readonly at: number; readonly end: number },
  value: Expression,
  key: string,
  target: Expression,
  spot: Spot,
): void {
  const form = copyOf(r, value, (part) => keyOf(r, part, spot) === key);
  if (form === undefined) return;
  const around = outermostGathering(r, target, spot);
  if (around === undefined) return;
  r.found.copies.push({
    ...placeIn(r, node, spot),
    ...form,
    name: target.kind === "name" || target.kind === "member" ? target.name : "",
    loop: loopOf(r, around, spot),
    kept: false,
  });
}

/** The outermost loop before which the variable was there. */
function outermostGathering(r: Reading, target: Expression, spot: Spot): Around | undefined {
  let root = target;
  while (root.kind === "member") root = root.object;
  // What it is a part of is made anew in the round, and begins empty.
  const fresh = (around: Around): boolean =>
    root.kind === "name" &&
    (r.t.bindings.get(root.binding)?.writes ?? []).some(
      ({ spot: where, value, operator }) =>
        where.loops.includes(around) &&
        operator === "" &&
        (value === undefined || !someInside(value, (part) => part.kind === "name" && part.binding === root.binding)),
    );
  if (target.kind === "name") return spot.loops.find((around) => !fresh(around));
  return spot.loops.find(
    (around) =>
      target.kind === "member" &&
      !fresh(around) &&
      !around.targets.some((binding) => someInside(target.object, (part) => part.kind === "name" && part.binding === binding)),
  );
}

function copyOf(r: Reading, value: Expression, isAll: (e: Expression) => boolean): Pick<Copying, "form" | "what"> | undefined {
  switch (value.kind) {
    case "array":
      return value.form === "array" && value.elements.some((one) => one?.spread === true && isAll(one.value))
        ? { form: "spread", what: "list" }
        : undefined;
    case "object":
      return value.properties.some((one) => one.spread && isAll(one.value)) &&
        value.properties.length > 1 &&
        value.properties.some((one) => one.computed !== undefined || (one.spread && !isAll(one.value)))
        ? { form: "spread", what: "object" }
        : undefined;
    case "call": {
      const { callee, args } = value;
      if (callee.kind !== "member") return undefined;
      if (callee.name === "concat" && isAll(callee.object) && !r.python) return { form: "concat", what: "list" };
      const [first, second] = args;
      if (callee.name === "assign" && callee.object.kind === "name" && callee.object.name === "Object" && callee.object.binding < 0)
        return first?.value.kind === "object" && first.value.properties.length === 0 && second !== undefined && isAll(second.value)
          ? { form: "assign", what: "object" }
          : undefined;
      return undefined;
    }
    case "binary":
      // Python's `list + [x]` makes a new list.
      return r.python &&
        value.operator === "+" &&
        isAll(value.left) &&
        (value.right.kind === "array" || value.right.kind === "comprehension")
        ? { form: "plus", what: "list" }
        : undefined;
    default:
      return undefined;
  }
}

/** `list.reduce((all, x) => ({ ...all, [x.id]: x }), {})` */
function reduced(r: Reading, e: Extract<Expression, { kind: "call" }>, spot: Spot): void {
  const fn = e.args[0]?.value;
  const start = e.args[1]?.value;
  if (fn?.kind !== "function" || start === undefined || !(start.kind === "array" || start.kind === "object" || start.kind === "cast"))
    return;
  const facts = r.t.facts.functions[fn.function];
  const target = facts?.params[0]?.target;
  if (facts === undefined || target?.kind !== "bind") return;
  const isAll = (part: Expression): boolean => part.kind === "name" && part.binding === target.binding;
  for (const { s, spot: inside } of r.t.statements) {
    if (inside.fn !== fn.function || s.kind !== "return" || s.value === undefined) continue;
    const values = s.value.kind === "conditional" ? [s.value.then, s.value.else] : [s.value];
    for (const value of values) {
      const form = copyOf(r, value, isAll);
      const around = inside.loops[inside.loops.length - 1];
      if (form === undefined || around === undefined || !isInside(around.node, value)) continue;
      // Each round may add a little: what is spread beside it is small, or it is the whole.
      r.found.copies.push({ ...placeIn(r, value, inside), ...form, name: target.name, loop: loopOf(r, around, inside), kept: false });
      return;
    }
  }
  void spot;
}

/** Python: `sum(lists, [])` copies all lists before in each step. */
function summed(r: Reading, e: Extract<Expression, { kind: "call" }>, spot: Spot): void {
  const start = e.args[1]?.value;
  const list = e.args[0]?.value;
  if (start === undefined || list === undefined || start.kind !== "array" || start.elements.length > 0) return;
  const known = knownOf(r, list, spot);
  r.found.copies.push({
    ...placeIn(r, e, spot),
    form: "sum",
    what: "list",
    name: "",
    loop: {
      place: placeIn(r, e, spot).place,
      form: "comprehension",
      words: "",
      max: known.max,
      fixed: known.fixed,
      data: false,
      table: false,
      waits: false,
    },
    kept: false,
  });
}

/** Python: text that is added to in place only where nobody else holds it: a local variable, not a field, and never bytes. */
function plus(
  r: Reading,
  s: { readonly at: number; readonly end: number; readonly value?: Expression | undefined },
  target: Expression,
  key: string,
  spot: Spot,
  around: Around,
): void {
  const facts = r.t.facts.bindings;
  const kept = target.kind === "member" || (target.kind === "name" && facts[target.binding]?.owner !== spot.fn);
  if (!kept || s.value === undefined) return;
  const isText = knownOf(r, s.value, spot).kind === "text" || knownOf(r, target, spot).kind === "text";
  const outer = outermostGathering(r, target, spot) ?? undefined;
  void around;
  void key;
  if (!isText || outer === undefined) return;
  r.found.copies.push({
    ...placeIn(r, s, spot),
    form: "plus",
    what: "text",
    name: target.kind === "member" || target.kind === "name" ? target.name : "",
    loop: loopOf(r, outer, spot),
    kept,
  });
}
