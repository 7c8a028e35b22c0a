/** Modules: running their bodies in the order of the program, and what a name of another module is. */
import type { BindingId, ImportSource } from "../../model/facts.ts";
import { Activation } from "./activation.ts";
import { classRefOf } from "./classes.ts";
import { contained } from "./contained.ts";
import { evaluate } from "./expressions.ts";
import { foreign } from "./foreign-values.ts";
import { importedModule, libraryModule, runDecorators } from "./python.ts";
import { execute } from "./statements.ts";
import { createSummary } from "./summary.ts";
import { typedValue } from "./types.ts";
import type { Resolved, Unit } from "./unit.ts";
import type { Value } from "./value.ts";
import { join } from "./joins.ts";
import { unknown, valueOf, withDeps } from "./value.ts";
import type { World } from "./world.ts";
import { writtenExport } from "./written.ts";

/** Runs a module's body once; what it imports runs first, as in the real program. */
export function runModule(world: World, unit: Unit): void {
  if (unit.state !== "new") return;
  unit.state = "running";
  for (const specifier of staticImports(unit)) {
    const target = resolved(world, unit, specifier);
    if (target.kind === "unit") runModule(world, target.unit);
  }
  const body = unit.facts.functions[0];
  if (body !== undefined) {
    const summary = createSummary(`${unit.index}:0`, unit, 0, unknown);
    const act = new Activation(world, summary, unit, 0, undefined, unknown);
    // The module's frame belongs to its own run: writes there are ordinary, later writes join.
    (unit.env as { owner: object }).owner = act;
    act.env = unit.env;
    summary.ran = true;
    contained(world, unit, summary, () => {
      execute(act, body.body);
      runDecorators(act);
      // `export default defineApp(...)` runs with the module.
      for (const one of unit.facts.exports)
        if (one.value !== undefined && one.from === undefined)
          unit.exports.props.set(`export:${one.name}`, foreign(evaluate(act, one.value)));
    });
    summary.effects = [...act.effects.values()];
    summary.cost = act.cost;
    summary.done = true;
    world.summaries.set(summary.key, summary);
  }
  unit.state = "done";
}

/** What is imported before the body runs; `require`, `import()` and the imports in functions of Python load where they stand. */
function staticImports(unit: Unit): string[] {
  const named = new Set<string>();
  for (const { from, owner } of unit.facts.bindings) if (from !== undefined && !from.typeOnly && owner === 0) named.add(from.specifier);
  for (const one of unit.facts.exports) if (one.from !== undefined) named.add(one.from.specifier);
  return unit.facts.imports.filter((specifier) => named.has(specifier));
}

export function resolved(world: World, unit: Unit, specifier: string): Resolved {
  const known = unit.resolved.get(specifier);
  if (known !== undefined) return known;
  const found = world.resolve(unit, specifier);
  unit.resolved.set(specifier, found);
  return found;
}

/** A module seen as a value: its namespace, or `module.exports`. */
export function moduleValue(world: World, unit: Unit, specifier: string, commonjs: boolean): Value {
  const target = resolved(world, unit, specifier);
  if (target.kind === "package") return packageValue(world, target);
  if (target.kind === "unknown") return unknown;
  return unitValue(world, target.unit, commonjs);
}

export function packageValue(world: World, target: { readonly name: string; readonly path: string }): Value {
  const full = target.path === "" ? target.name : `${target.name}/${target.path}`;
  const exact = world.libraries.get(full);
  const whole = world.libraries.get(target.name);
  // `lodash/map` is the export `map` of lodash.
  if (exact === undefined && whole?.subpaths === true && target.path !== "") {
    const spec = whole.exports[target.path] ?? whole.exports[target.path.replace(/\.js$/, "")];
    if (spec !== undefined) return valueOf({ kind: "export", library: whole, spec, name: target.path });
    const member = whole.exports["default"];
    if (member?.value !== undefined) {
      const found = whole.types[member.value]?.members?.[target.path];
      if (found !== undefined && typeof found !== "string")
        return valueOf({ kind: "library-method", library: whole, spec: found, receiver: undefined, name: target.path });
    }
  }
  const library = exact ?? world.libraries.get(target.name);
  return valueOf({ kind: "package", name: exact === undefined ? target.name : full, library, path: "" });
}

export function unitValue(world: World, unit: Unit, commonjs: boolean): Value {
  runModule(world, unit);
  if (usesCommonjs(unit)) {
    if (unit.replaced !== undefined) return unit.replaced;
    // In a cycle nobody knows yet what the module will export.
    if (unit.state === "running") return valueOf({ kind: "commonjs", unit });
    return valueOf({ kind: "object", object: unit.exports });
  }
  void commonjs;
  return valueOf({ kind: "namespace", unit });
}

/** Replaces modules that were still running by what they export by now. */
export function settled(value: Value): Value {
  let out: Value | undefined;
  for (const origin of value.what) {
    if (origin.kind !== "commonjs") continue;
    const now = origin.unit.replaced ?? valueOf({ kind: "object", object: origin.unit.exports });
    out = out === undefined ? now : join(out, now);
  }
  if (out === undefined) return value;
  const rest = value.what.filter((origin) => origin.kind !== "commonjs");
  return withDeps(rest.length === 0 ? out : join({ what: rest, deps: value.deps, key: undefined }, out), value.deps, value.key);
}

/** ES exports win; a file without them that touches `module` or `exports` speaks CommonJS. */
export function usesCommonjs(unit: Unit): boolean {
  return unit.facts.commonjs && unit.facts.exports.length === 0;
}

type Exports = Unit["facts"]["exports"];
const byName = new WeakMap<Exports, ReadonlyMap<string, Exports>>();

/** A module of Python exports every name that it has: they are found by name, not one after the other. */
export function exportsByName(exports: Exports): ReadonlyMap<string, Exports> {
  let found = byName.get(exports);
  if (found === undefined) byName.set(exports, (found = grouped(exports)));
  return found;
}

function grouped(exports: Exports): ReadonlyMap<string, Exports> {
  const out = new Map<string, Exports[number][]>();
  for (const one of exports) {
    const list = out.get(one.name);
    if (list === undefined) out.set(one.name, [one]);
    else list.push(one);
  }
  return out;
}

/** Where a name was looked for: exports may lead in a circle. Nearly always the first module has it. */
class Looked {
  private readonly unit: Unit;
  private readonly name: string;
  private others: Set<string> | undefined;

  constructor(unit: Unit, name: string) {
    this.unit = unit;
    this.name = name;
  }

  /** False where it was looked for before. */
  add(unit: Unit, name: string): boolean {
    if (unit === this.unit && name === this.name) return false;
    const mark = `${unit.index}:${name}`;
    if (this.others?.has(mark) === true) return false;
    (this.others ??= new Set()).add(mark);
    return true;
  }
}

/** What a module exports under a name; `types` also finds classes behind type-only exports. */
export function exportedValue(world: World, unit: Unit, name: string, types = false, before?: Looked): Value | undefined {
  if (before?.add(unit, name) === false) return undefined;
  const seen = before ?? new Looked(unit, name);
  runModule(world, unit);
  if (usesCommonjs(unit)) {
    const whole = unitValue(world, unit, true);
    if (name === "default") return readExportObject(whole, "default") ?? whole;
    return readExportObject(whole, name);
  }
  let out: Value | undefined;
  const named = exportsByName(unit.facts.exports);
  for (const one of named.get(name) ?? []) {
    const value = valueOfExport(world, unit, one, types, seen);
    if (value !== undefined) out = out === undefined ? value : join(out, value);
  }
  if (out !== undefined || name === "default") return out;
  for (const one of named.get("*") ?? []) {
    if (one.from === undefined) continue;
    const target = resolved(world, unit, one.from.specifier);
    if (target.kind === "unit") {
      const value = exportedValue(world, target.unit, name, types, seen);
      if (value !== undefined) return value;
    }
  }
  for (const one of named.get("*") ?? []) {
    if (one.from === undefined) continue;
    const target = resolved(world, unit, one.from.specifier);
    if (target.kind === "package") {
      const value = importedFrom(world, unit, { specifier: one.from.specifier, name, typeOnly: false }, seen);
      if (value.what.length > 0) return value;
    }
  }
  return undefined;
}

function valueOfExport(world: World, unit: Unit, one: Unit["facts"]["exports"][number], types: boolean, seen: Looked): Value | undefined {
  if (one.from !== undefined) return importedFrom(world, unit, one.from, seen);
  if (one.binding !== undefined) return bindingValue(world, unit, one.binding, types, seen);
  if (one.value === undefined) return undefined;
  const known = unit.exports.props.get(`export:${one.name}`);
  if (known !== undefined) return known;
  const act = moduleActivation(world, unit);
  const value = evaluate(act, one.value);
  unit.exports.props.set(`export:${one.name}`, value);
  return value;
}

/** An activation to evaluate an expression of the module's own level. */
export function moduleActivation(world: World, unit: Unit, self = unknown): Activation {
  const summary = (unit.outside ??= createSummary(`${unit.index}:0+`, unit, 0, unknown));
  const act = new Activation(world, summary, unit, 0, undefined, self);
  act.env = unit.env;
  return act;
}

function readExportObject(whole: Value, name: string): Value | undefined {
  for (const origin of whole.what) {
    if (origin.kind === "object") {
      const value = origin.object.props.get(name);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

export function importedFrom(world: World, unit: Unit, from: ImportSource, seen?: Looked): Value {
  const target = resolved(world, unit, from.specifier);
  if (target.kind === "unit") {
    if (from.name === "*") return unitValue(world, target.unit, false);
    return exportedValue(world, target.unit, from.name, from.typeOnly, seen) ?? importedModule(world, unit, from) ?? unknown;
  }
  if (target.kind === "unknown") return unknown;
  const whole = packageValue(world, target);
  if (from.name === "*") return whole;
  const origin = whole.what[0];
  if (origin?.kind === "export" || origin?.kind === "library-method") return whole;
  if (origin?.kind !== "package") return unknown;
  const inner = libraryModule(world, origin, from.name);
  if (inner !== undefined) return inner;
  const spec = origin.library?.exports[from.name];
  if (spec !== undefined && origin.library !== undefined)
    return valueOf({ kind: "export", library: origin.library, spec, name: from.name });
  const told = writtenExport(world, origin.library, from.name);
  if (told !== undefined) return told;
  if (from.name === "default") return whole;
  return valueOf({ kind: "package", name: origin.name, library: undefined, path: from.name });
}

/** A module-level binding's value, seen from outside of any activation. */
export function bindingValue(world: World, unit: Unit, id: BindingId, types = false, seen?: Looked): Value {
  const binding = unit.facts.bindings[id];
  if (binding === undefined) return unknown;
  if (binding.kind === "import" && binding.from !== undefined)
    return importedFrom(world, unit, !types || binding.from.typeOnly ? binding.from : { ...binding.from, typeOnly: true }, seen);
  if (binding.kind === "class" && binding.definition !== undefined)
    return valueOf({ kind: "class", ref: classRefOf(world, unit, binding.definition, unit.env) });
  if (binding.kind === "function" && binding.definition !== undefined && binding.owner === 0) {
    return unit.env.values.get(id) ?? valueOf({ kind: "closure", unit, fn: binding.definition, env: unit.env, self: undefined });
  }
  const reader = world.stack[world.stack.length - 1];
  const value = unit.env.get(id, unit, reader);
  if (value !== undefined && value.what.length > 0) return value;
  const declared = types ? unit.typesByBinding.get(id) : undefined;
  if (declared !== undefined) return typedValue(world, unit, { kind: "name", path: [declared.name], binding: id, args: [] });
  // `const User: User = …`: an annotation may name the variable itself, or another one that names it.
  if (binding.type === undefined || asking.has(binding)) return value ?? unknown;
  asking.add(binding);
  const typed = typedValue(world, unit, binding.type);
  asking.delete(binding);
  return typed;
}

/** Variables whose annotation is being read. */
const asking = new Set<object>();
