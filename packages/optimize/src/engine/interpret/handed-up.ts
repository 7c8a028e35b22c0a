/** What classes hand to the constructors of their bases: `super(User)` says which table the methods of a shared repository ask. */
import type { CallExpression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Activation } from "./activation.ts";
import { basesOf, evaluateAt } from "./classes.ts";
import { injectedParameter } from "./instance-members.ts";
import { typedValue } from "./types.ts";
import type { ClassRef, Value } from "./value.ts";

const known = new WeakMap<ClassRef, Map<string, Value>>();

/** The field of a base as this class fills it through `super`; undefined when it does not, or nothing is known of it. */
export function handedUp(act: Activation, leaf: ClassRef, name: string): Value | undefined {
  const chain = basesOf(act.world, leaf).project;
  if (chain.length < 2) return undefined;
  let fields = known.get(leaf);
  if (fields === undefined) known.set(leaf, (fields = new Map()));
  const before = fields.get(name);
  if (before !== undefined) return before;
  for (let i = chain.length - 1; i > 0; i--) {
    const index = parameterOf(chain[i] as ClassRef, name);
    const value = index === undefined ? undefined : argumentAt(act, chain, i - 1, index);
    if (value === undefined || value.what.length === 0) continue;
    fields.set(name, value);
    return value;
  }
  return undefined;
}

function constructorOf(ref: ClassRef): FunctionFacts | undefined {
  const made = ref.facts.members.find((member) => member.kind === "constructor" && member.function !== undefined);
  return made?.function === undefined ? undefined : ref.unit.facts.functions[made.function];
}

const keeping = new WeakMap<ClassRef, ReadonlyMap<string, number | undefined>>();

/** The constructor's parameter that a field keeps: `constructor(private model: Model)`, `this.model = model`. */
function parameterOf(ref: ClassRef, name: string): number | undefined {
  let fields = keeping.get(ref);
  if (fields === undefined) keeping.set(ref, (fields = fieldsKept(ref)));
  return fields.get(name);
}

/** What is declared comes before what is assigned, and the first of each before the others. */
function fieldsKept(ref: ClassRef): ReadonlyMap<string, number | undefined> {
  const out = new Map<string, number | undefined>();
  for (const { name, parameter } of ref.facts.members) if (parameter !== undefined && !out.has(name)) out.set(name, parameter);
  const made = constructorOf(ref);
  for (const statement of made?.body ?? []) {
    if (statement.kind !== "assign" || statement.operator !== "" || statement.target.kind !== "member") continue;
    const { target } = statement.target;
    if (target.object.kind !== "this" || out.has(target.name) || statement.value?.kind !== "name") continue;
    out.set(target.name, parameterIndex(made, statement.value.binding));
  }
  return out;
}

function parameterIndex(made: FunctionFacts | undefined, binding: number): number | undefined {
  const index = made?.params.findIndex(({ target, rest }) => !rest && target.kind === "bind" && target.binding === binding) ?? -1;
  return index < 0 ? undefined : index;
}

/** What the class at `at` of the chain gives as this argument of `super`; one without a constructor passes on what it gets. */
function argumentAt(act: Activation, chain: readonly ClassRef[], at: number, index: number): Value | undefined {
  for (let i = at; i >= 0; i--) {
    const ref = chain[i] as ClassRef;
    const made = constructorOf(ref);
    if (made === undefined) continue;
    const args = superCall(made.body)?.args;
    const argument = args?.[index];
    if (argument === undefined || args?.some((one) => one.spread) === true) return undefined;
    const { value } = argument;
    const own = value.kind === "name" ? parameterIndex(made, value.binding) : undefined;
    if (own === undefined) return evaluateAt(act.world, ref, value);
    const above = argumentAt(act, chain, i - 1, own);
    if (above !== undefined) return above;
    const given = made.params[own];
    return given === undefined
      ? undefined
      : (injectedParameter(act, ref, given.decorators, "super") ?? typedValue(act.world, ref.unit, given.type));
  }
  return undefined;
}

function superCall(body: readonly Statement[]): CallExpression | undefined {
  for (const statement of body)
    if (statement.kind === "expression" && statement.value.kind === "call" && statement.value.callee.kind === "super")
      return statement.value;
  return undefined;
}
