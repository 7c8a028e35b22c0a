/** What an instance is made with: arguments that the constructors of its class keep as fields and that nothing else writes. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import { basesOf } from "./classes.ts";
import { inOrder, withNamed } from "./python.ts";
import { isQuery } from "./row-results.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { constantValue, undefinedValue } from "./value.ts";
import type { World } from "./world.ts";

/** Fields of one instance of the class, made with these arguments; undefined when none of them tells it from others. */
export function fieldsGiven(world: World, ref: ClassRef, args: readonly Value[]): Map<string, Value> | undefined {
  if (ref.unit.facts.language !== "python") return undefined;
  const out = new Map<string, Value>();
  const { project } = basesOf(world, ref);
  collect(world, project, 0, args, out);
  for (const [name, value] of out)
    if (value.what.length !== 1 || !value.what.every(tells) || isWrittenLater(project, name)) out.delete(name);
  return out.size === 0 ? undefined : out;
}

const mostOptions = 12;

/** Queries, models and switches, also in a dictionary of arguments: of others a class's own fields say enough. */
function tells(origin: Origin): boolean {
  if (origin.kind === "object") {
    const { persistent, literal, rest, props } = origin.object;
    if (persistent || !literal || rest !== undefined || props.size > mostOptions) return false;
    return [...props.values()].every(({ what }) => what.every((one) => one.kind === "const" || one.kind === "scalar" || tells(one)));
  }
  if (origin.kind === "const") return origin.value === null || typeof origin.value === "boolean";
  return origin.kind === "class" || (isQuery(origin) && origin.draft !== undefined);
}

function collect(world: World, chain: readonly ClassRef[], from: number, args: readonly Value[], out: Map<string, Value>): void {
  for (let i = from; i < chain.length; i++) {
    const made = constructorOf(chain[i] as ClassRef);
    if (made === undefined) continue;
    const values = inOrder(world, made, args);
    for (const s of made.body) {
      const field = s.kind === "assign" && s.operator === "" && s.target.kind === "member" ? s.target.target : undefined;
      if (s.kind === "assign" && field?.object.kind === "this" && field.name !== "" && !out.has(field.name)) {
        const value = parameterValue(made, s.value, values);
        if (value !== undefined) out.set(field.name, value);
      }
      const above = s.kind === "expression" ? constructorCall(s.value) : undefined;
      if (above !== undefined) collect(world, chain, i + 1, argumentsOf(made, above, values), out);
    }
    return;
  }
}

function constructorOf(ref: ClassRef): FunctionFacts | undefined {
  const made = ref.facts.members.find((member) => member.kind === "constructor" && member.function !== undefined);
  return made?.function === undefined ? undefined : ref.unit.facts.functions[made.function];
}

/** `super().__init__(…)` */
function constructorCall(e: Expression): CallExpression | undefined {
  if (e.kind !== "call" || e.callee.kind !== "member" || e.callee.name !== "__init__") return undefined;
  const { object } = e.callee;
  return object.kind === "super" || (object.kind === "call" && object.callee.kind === "super") ? e : undefined;
}

function parameterValue(fn: FunctionFacts, e: Expression | undefined, values: readonly Value[]): Value | undefined {
  if (e?.kind !== "name") return undefined;
  const index = fn.params.findIndex(({ target, rest, keyword }) => (!rest || keyword === "rest") && inner(target) === e.binding);
  const value = values[index];
  if (value !== undefined && value !== undefinedValue) return value;
  const otherwise = fn.params[index]?.default;
  const plain = otherwise?.kind === "literal" && (otherwise.value === null || typeof otherwise.value === "boolean");
  return plain ? constantValue(otherwise.value) : undefined;
}

function inner(target: FunctionFacts["params"][number]["target"]): number | undefined {
  return target.kind === "bind" ? target.binding : target.kind === "default" ? inner(target.target) : undefined;
}

/** What the constructor hands on to the one above: its own parameters, and what is left over. */
function argumentsOf(fn: FunctionFacts, call: CallExpression, values: readonly Value[]): Value[] {
  const args: Value[] = [];
  const named = new Map<string, Value>();
  const nothing: Value = { what: [], deps: [] };
  for (const { name, value, spread } of call.args) {
    if (spread) {
      const index = value.kind === "name" ? fn.params.findIndex(({ target, rest }) => rest && inner(target) === value.binding) : -1;
      for (const origin of values[index]?.what ?? [])
        if (origin.kind === "object") for (const [key, one] of origin.object.props) named.set(key, one);
        else if (origin.kind === "array") args.push(...(origin.elements ?? []));
    } else if (name === undefined) args.push(parameterValue(fn, value, values) ?? nothing);
    else named.set(name, parameterValue(fn, value, values) ?? nothing);
  }
  return withNamed(args, named);
}

const written = new WeakMap<ClassRef, ReadonlySet<string>>();

/** A method other than the constructor gives the field another value. */
function isWrittenLater(chain: readonly ClassRef[], name: string): boolean {
  return chain.some((ref) => writtenIn(ref).has(name));
}

function writtenIn(ref: ClassRef): ReadonlySet<string> {
  const known = written.get(ref);
  if (known !== undefined) return known;
  const out = new Set<string>();
  for (const member of ref.facts.members)
    if (member.kind !== "constructor" && member.function !== undefined) visit(ref.unit.facts.functions[member.function]?.body ?? [], out);
  written.set(ref, out);
  return out;
}

function visit(statements: readonly Statement[], out: Set<string>): void {
  for (const s of statements) {
    if (s.kind === "assign") {
      if (s.target.kind === "member" && s.target.target.object.kind === "this") out.add(s.target.target.name);
    } else if (s.kind === "branch") {
      visit(s.then, out);
      visit(s.else, out);
    } else if (s.kind === "loop" || s.kind === "block" || s.kind === "with") visit(s.body, out);
    else if (s.kind === "try") for (const part of [s.body, s.handler, s.finalizer]) visit(part ?? [], out);
  }
}
