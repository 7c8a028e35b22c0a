/** What a framework hands to the parameters of a handler: it calls what the parameter's default or note names (`Depends(session)`). */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts, Parameter, TypeFacts, TypeRef } from "../../model/facts.ts";
import type { Activation } from "./activation.ts";
import { basesOf, findMember } from "./classes.ts";
import { at } from "./drafts.ts";
import { evaluate } from "./expressions.ts";
import { callClosure } from "./functions.ts";
import { joinAll } from "./joins.ts";
import { moduleActivation, resolved } from "./modules.ts";
import { withNamed } from "./python.ts";
import { typedValue } from "./types.ts";
import type { Unit } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import { arrayIn, awaited, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

type Closure = Extract<Origin, { kind: "closure" }>;

/** What was called for a request already, by function: a dependency that is asked for twice is called once. */
const called = new WeakMap<Activation, Map<string, Value>>();
const maxDepth = 12;

/** The arguments of a handler that is being interpreted: those that a dependency gives, and `values` for the others. */
export function withDependencies(act: Activation, unit: Unit, fn: FunctionFacts, values: readonly Value[]): Value[] {
  return fn.params.map((parameter, i) => {
    const before = values[i] ?? unknown;
    if (before.what.length > 0) return before;
    const given = provided(act, unit, parameter, 0);
    return given === undefined || given.what.length === 0 ? before : { what: given.what, deps: given.deps, key: before.key };
  });
}

/** Calls what runs before the handler (`dependencies=[Depends(check)]`). */
export function runDependencies(
  act: Activation,
  unit: Unit,
  values: readonly Value[],
  e: { readonly at: number; readonly end: number },
): void {
  for (const value of values) callDependency(act, unit, value, undefined, spot(e), 0);
}

function provided(act: Activation, unit: Unit, parameter: Parameter, depth: number): Value | undefined {
  if (depth > maxDepth) return undefined;
  const position = parameter.target.at;
  const notes: { readonly unit: Unit; readonly note: Expression }[] = parameter.decorators.map((note) => ({ unit, note }));
  if (parameter.default !== undefined) notes.push({ unit, note: parameter.default });
  notes.push(...notesOf(act.world, unit, parameter.type, 0));
  for (const one of notes) {
    if (one.note.kind !== "call") continue;
    const value = evaluate(moduleActivation(act.world, one.unit), one.note);
    const given = callDependency(act, unit, value, parameter.type, spot({ at: position, end: position }), depth);
    if (given !== undefined) return given;
  }
  return undefined;
}

function spot(e: { readonly at: number; readonly end: number }): Expression {
  return { kind: "literal", type: "null", value: null, at: e.at, end: e.end };
}

function callDependency(
  act: Activation,
  unit: Unit,
  value: Value,
  type: TypeRef | undefined,
  e: Expression,
  depth: number,
): Value | undefined {
  for (const origin of value.what) {
    const where = origin.kind === "library" ? origin.library.types[origin.type]?.depends : undefined;
    if (where === undefined || origin.kind !== "library") continue;
    // `commons: Parameters = Depends()`: the type is what is called.
    const target = at({ args: [], receiver: origin }, where) ?? instancesAsClasses(typedValue(act.world, unit, type));
    return joinAll(target.what.map((one) => callOne(act, one, e, depth)));
  }
  return undefined;
}

function instancesAsClasses(value: Value): Value {
  return {
    what: value.what.flatMap((one): Origin[] => (one.kind === "instance" ? [{ kind: "class", ref: one.ref }] : [])),
    deps: value.deps,
  };
}

function callOne(act: Activation, origin: Origin, e: Expression, depth: number): Value {
  if (origin.kind === "closure") return callFunction(act, origin, e, depth);
  if (origin.kind === "class") {
    const self = valueOf({ kind: "instance", ref: origin.ref });
    for (const ref of basesOf(act.world, origin.ref).project) {
      const made = ref.facts.members.find((member) => member.kind === "constructor" && member.function !== undefined);
      if (made?.function === undefined) continue;
      callFunction(act, { kind: "closure", unit: ref.unit, fn: made.function, env: ref.env, self, home: ref }, e, depth);
      break;
    }
    return self;
  }
  if (origin.kind !== "instance") return unknown;
  const found = findMember(act.world, origin.ref, "__call__", false);
  if (found?.member.function === undefined) return unknown;
  const { ref } = found;
  return callFunction(
    act,
    { kind: "closure", unit: ref.unit, fn: found.member.function, env: ref.env, self: valueOf(origin), home: ref },
    e,
    depth,
  );
}

/** The function with what its own parameters depend on; what a generator yields is what it gives. */
function callFunction(act: Activation, target: Closure, e: Expression, depth: number): Value {
  const fn = target.unit.facts.functions[target.fn];
  if (fn === undefined) return unknown;
  let known = called.get(act);
  if (known === undefined) called.set(act, (known = new Map()));
  const self = target.self?.what[0];
  const key = `${target.unit.index}:${target.fn}:${self?.kind === "instance" ? `${self.ref.unit.index}:${self.ref.facts.id}` : ""}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  known.set(key, unknown);
  const named = new Map<string, Value>();
  for (const parameter of fn.params) {
    if (parameter.rest || parameter.target.kind !== "bind") continue;
    const given = provided(act, target.unit, parameter, depth + 1) ?? asked(act, target.unit, parameter);
    named.set(parameter.target.name, given);
  }
  const value = awaited(callClosure(act, target, withNamed([], named), e));
  const out = fn.generator ? (arrayIn(value)?.element ?? unknown) : value;
  known.set(key, out);
  return out;
}

/** Data of the request, by its type. */
function asked(act: Activation, unit: Unit, parameter: Parameter): Value {
  return parameter.type === undefined ? unknown : typedValue(act.world, unit, parameter.type);
}

/** Notes of an alias (`Database = Annotated[Session, Depends(session)]`), wherever it is declared. */
function notesOf(world: World, unit: Unit, type: TypeRef | undefined, depth: number): { readonly unit: Unit; readonly note: Expression }[] {
  if (type === undefined || depth > 4) return [];
  if (type.kind === "union") return type.of.flatMap((one) => notesOf(world, unit, one, depth + 1));
  if (type.kind !== "name" || type.binding < 0) return [];
  const found = declarationOf(world, unit, type.binding, 0);
  if (found === undefined) return [];
  return [
    ...(found.facts.notes ?? []).map((note) => ({ unit: found.unit, note })),
    ...notesOf(world, found.unit, found.facts.type, depth + 1),
  ];
}

function declarationOf(
  world: World,
  unit: Unit,
  binding: number,
  depth: number,
): { readonly unit: Unit; readonly facts: TypeFacts } | undefined {
  const facts = unit.typesByBinding.get(binding);
  if (facts !== undefined) return { unit, facts };
  const from = unit.facts.bindings[binding]?.from;
  if (from === undefined || depth > 6) return undefined;
  const target = resolved(world, unit, from.specifier);
  if (target.kind !== "unit") return undefined;
  const one = target.unit.facts.exports.find((exported) => exported.name === from.name);
  return one?.binding === undefined ? undefined : declarationOf(world, target.unit, one.binding, depth + 1);
}
