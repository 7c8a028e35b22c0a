/** What Python's programs do that JavaScript's do not: named arguments, decorators that register, submodules, star imports. */
import type { FunctionFacts, ImportSource } from "../../model/facts.ts";
import type { Activation } from "./activation.ts";
import { classRefOf, instanceValue } from "./classes.ts";
import { callOrigin } from "./call-targets.ts";
import { evaluate } from "./expressions.ts";
import { joinAll } from "./joins.ts";
import { closure } from "./literals.ts";
import { exportedValue, exportsByName, packageValue, resolved, unitValue } from "./modules.ts";
import type { Unit } from "./unit.ts";
import type { HeapObject, Origin, Value } from "./value.ts";
import { newHeap, undefinedValue, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";
import { writtenExport } from "./written.ts";

type Named = ReadonlyMap<string, Value>;
type Arguments = readonly Value[] & { readonly named?: Named };

/** Positional arguments that carry those given by name. */
export function withNamed(values: Value[], named: Named): Value[] {
  return named.size === 0 ? values : Object.assign(values, { named });
}

export function namedOf(args: readonly Value[]): Named | undefined {
  return (args as Arguments).named;
}

/** The arguments by position, then those by name. */
export function everyOf(args: readonly Value[]): readonly Value[] {
  const named = namedOf(args);
  return named === undefined ? args : [...args, ...named.values()];
}

/** What a dictionary holds by name: `f(**options)`. */
export function entriesIn(value: Value): [string, Value][] {
  return value.what.flatMap((origin) => (origin.kind === "object" ? [...origin.object.props] : []));
}

/** The arguments in the order of the function's parameters; what is left of the named ones is one dictionary. */
export function inOrder(world: World, fn: FunctionFacts, args: readonly Value[]): readonly Value[] {
  const named = namedOf(args);
  const rest = fn.params.findIndex((parameter) => parameter.keyword === "rest");
  const positions = fn.params.findIndex((parameter) => parameter.rest);
  // What stands behind `*args` is only given by name.
  const within = rest < 0 && positions >= 0 && positions < fn.params.length - 1;
  if (named === undefined && rest < 0 && !within) return args;
  const out = [...args];
  if (within) out[positions] = listOf(out.splice(positions));
  if (rest >= 0) {
    const object: HeapObject = { ...newHeap(world, false), literal: named?.has("**") !== true };
    for (const [name, value] of named ?? [])
      if (name !== "**" && !fn.params.some(({ target, rest: takes }) => !takes && target.kind === "bind" && target.name === name))
        object.props.set(name, value);
    // What is left of those by position belongs to `*args`, which stands before it.
    const others = positions < rest ? out.splice(positions) : out.splice(rest);
    while (out.length < rest) out.push(undefinedValue);
    if (positions < rest) out[positions] = listOf(others);
    out.push(valueOf({ kind: "object", object }, joinAll([...object.props.values()]).deps));
  }
  if (named === undefined) return out;
  const others = named.get("**");
  if (others !== undefined)
    for (const [i, parameter] of fn.params.entries()) {
      if (parameter.rest || parameter.keyword === "rest") break;
      if (out[i] === undefined || out[i] === undefinedValue) out[i] = others;
    }
  for (const [name, value] of named) {
    const index = fn.params.findIndex(({ target, rest }) => !rest && target.kind === "bind" && target.name === name);
    if (index < 0) continue;
    while (out.length < index) out.push(undefinedValue);
    out[index] = value;
  }
  return out;
}

function listOf(values: readonly Value[]): Value {
  const all = joinAll([...values]);
  return valueOf({ kind: "array", element: all, elements: values, size: { exact: values.length, max: values.length } }, all.deps);
}

/** `@app.get("/orders")` above a function: the call registers what stands below it. */
export function runDecorators(act: Activation): void {
  const { facts } = act.unit;
  if (facts.language !== "python") return;
  for (const fn of facts.functions) {
    if (fn.id === 0 || fn.parent !== act.fn || fn.decorators.length === 0) continue;
    const self = fn.class === undefined ? undefined : instanceValue(classRefOf(act.world, act.unit, fn.class, act.env));
    for (const decorator of fn.decorators) {
      // In a class only what an object like a router is asked for (`@router.get("/orders")`): the rest says what the method is.
      if (self !== undefined && (act.fn !== 0 || decorator.kind !== "call" || decorator.callee.kind !== "member")) continue;
      const before = act.decorated;
      const below = closure(act, fn.id);
      act.decorated =
        self === undefined ? below : { ...below, what: below.what.map((one) => (one.kind === "closure" ? { ...one, self } : one)) };
      const value = evaluate(act, decorator);
      if (decorator.kind !== "call")
        for (const origin of value.what)
          if (origin.kind === "library-method" || origin.kind === "export") callOrigin(act, origin, [], decorator, undefined, value);
      act.decorated = before;
    }
  }
}

/** `from package import module`: what the package's own body does not name. */
export function importedModule(world: World, unit: Unit, from: ImportSource): Value | undefined {
  if (unit.facts.language !== "python") return undefined;
  const joined = from.specifier.endsWith(".") ? `${from.specifier}${from.name}` : `${from.specifier}.${from.name}`;
  const target = resolved(world, unit, joined);
  return target.kind === "unit" ? unitValue(world, target.unit, false) : undefined;
}

/** `package.module` of a package that was imported. */
export function childModule(world: World, unit: Unit, name: string): Value | undefined {
  if (unit.facts.language !== "python" || !unit.facts.file.endsWith("__init__.py")) return undefined;
  const target = resolved(world, unit, `.${name}`);
  return target.kind === "unit" && target.unit !== unit ? unitValue(world, target.unit, false) : undefined;
}

/** `urllib.request`: a module of a library that has a table of its own. */
export function libraryModule(world: World, origin: Extract<Origin, { kind: "package" }>, name: string): Value | undefined {
  if (!origin.name.startsWith("python:") || origin.library?.exports[name] !== undefined) return undefined;
  const full = `${origin.name}${origin.path === "" ? "" : `.${origin.path}`}.${name}`;
  return world.libraries.has(full) ? packageValue(world, { name: full, path: "" }) : undefined;
}

/** A name that the file does not declare: from a star import, else a builtin. */
export function undeclared(act: Activation, name: string): Value {
  for (const one of exportsByName(act.unit.facts.exports).get("*") ?? []) {
    if (one.from === undefined || name.startsWith("_")) continue;
    const target = resolved(act.world, act.unit, one.from.specifier);
    const value = target.kind === "unit" ? exportedValue(act.world, target.unit, name) : undefined;
    if (value !== undefined) return value;
    if (target.kind !== "package") continue;
    const library = act.world.libraries.get(target.name);
    const spec = library?.exports[name];
    if (library !== undefined && spec !== undefined) return valueOf({ kind: "export", library, spec, name });
    const told = writtenExport(act.world, library, name);
    if (told !== undefined) return told;
  }
  const known = act.world.globals.get(`python:${name}`);
  if (known !== undefined) return valueOf({ kind: "export", library: known.library, spec: known.spec, name });
  return lists.has(name) ? valueOf({ kind: "builtin", name: `python:${name}` }) : unknown;
}

const lists: ReadonlySet<string> = new Set(
  (
    "sorted list tuple set frozenset reversed iter enumerate zip len range sum min max " +
    "getattr hasattr isinstance setattr str repr format bool any all dict map filter next"
  ).split(" "),
);
