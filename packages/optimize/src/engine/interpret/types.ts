/** Types as written, as evidence of what a value is. Not a checker: what is not proven stays unknown. */
import type { TypeRef } from "../../model/facts.ts";
import { homeOf, withArguments } from "./generics.ts";
import { withImplementers } from "./implementers.ts";
import { bindingValue } from "./modules.ts";
import type { Unit } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import { arrayOf, promiseOf, scalar, unknown, valueOf } from "./value.ts";
import { join } from "./joins.ts";
import type { World } from "./world.ts";
import { writtenExport } from "./written.ts";

const transparent = new Set([
  "Readonly",
  "Partial",
  "Required",
  "NonNullable",
  "Omit",
  "Pick",
  "Awaited",
  "Extract",
  "Exclude",
  "InstanceType",
  "Ref",
  "Provider",
  "Lazy",
  "DeepPartial",
]);
const lists = new Set([
  "Array",
  "ReadonlyArray",
  "Set",
  "ReadonlySet",
  "Iterable",
  "AsyncIterable",
  "IterableIterator",
  "AsyncGenerator",
  "Generator",
]);
/** Modules of Python whose generics hand out what they hold by methods of their own (`ContextVar[Client].get()`): they are not what they hold. */
const boxes = new Set(
  ["contextvars", "queue", "asyncio", "weakref", "multiprocessing", "concurrent.futures"].map((name) => `python:${name}`),
);
const maps = new Set(["Map", "ReadonlyMap", "Record", "WeakMap"]);

/** Types name values that have types: how deep we are in that. */
let nesting = 0;

export function typedValue(world: World, unit: Unit, type: TypeRef | undefined, depth = 0): Value {
  if (type === undefined || depth > 6 || nesting > 24) return unknown;
  nesting++;
  const value = valueOfType(world, homeOf(unit, type), type, depth);
  nesting--;
  return value;
}

function valueOfType(world: World, unit: Unit, type: TypeRef, depth: number): Value {
  switch (type.kind) {
    case "name":
      return withImplementers(world, namedValue(world, unit, type, depth));
    case "array":
      return arrayOf(typedValue(world, unit, type.of, depth + 1), {});
    case "tuple":
      return unknown;
    case "union": {
      let out: Value | undefined;
      for (const part of type.of) {
        if (part.kind === "primitive" || part.kind === "literal") continue;
        const value = typedValue(world, unit, part, depth + 1);
        if (value.what.length > 0) out = out === undefined ? value : join(out, value);
      }
      return out ?? unknown;
    }
    case "intersection": {
      let out: Value | undefined;
      for (const part of type.of) {
        const value = typedValue(world, unit, part, depth + 1);
        if (value.what.length > 0) out = out === undefined ? value : join(out, value);
      }
      return out ?? unknown;
    }
    case "object":
      return valueOf({ kind: "typed", unit, type });
    case "function":
      return valueOf({ kind: "typed", unit, type });
    case "typeof": {
      let value = type.binding < 0 ? unknown : bindingValue(world, unit, type.binding);
      for (const name of type.path.slice(1)) value = readPlain(world, value, name);
      return value;
    }
    case "member": {
      const object = typedValue(world, unit, type.of, depth + 1);
      return readPlain(world, object, type.name);
    }
    case "literal":
      return scalar(typeof type.value);
    case "primitive":
      return type.name === "string" || type.name === "number" || type.name === "boolean" ? scalar(type.name) : unknown;
    default:
      return unknown;
  }
}

function namedValue(world: World, unit: Unit, type: Extract<TypeRef, { kind: "name" }>, depth: number): Value {
  const name = type.path[type.path.length - 1] ?? "";
  if (type.binding < 0) {
    const first = type.args[0];
    if (name === "Promise" || name === "PromiseLike") return promiseOf(typedValue(world, unit, first, depth + 1));
    if (lists.has(name)) return arrayOf(typedValue(world, unit, first, depth + 1), {});
    if (maps.has(name)) return valueOf({ kind: "map", value: typedValue(world, unit, type.args[1], depth + 1), size: {} });
    if (transparent.has(name)) return typedValue(world, unit, first, depth + 1);
    if (name === "ReturnType" && first !== undefined) return returned(world, unit, first, depth);
    const known = type.path.length === 1 ? world.globals.get(name) : undefined;
    return known === undefined
      ? unknown
      : instancesOf(world, unit, valueOf({ kind: "export", library: known.library, spec: known.spec, name }), type, depth);
  }
  const declared = unit.typesByBinding.get(type.binding);
  if (declared !== undefined) return declaredValue(world, unit, withArguments(unit, declared.type, type.args, unit), declared.bases, depth);
  let value = bindingValue(world, unit, type.binding, true);
  for (const part of type.path.slice(1)) value = readPlain(world, value, part);
  return instancesOf(world, unit, value, type, depth);
}

function declaredValue(world: World, unit: Unit, type: TypeRef, bases: readonly TypeRef[], depth: number): Value {
  const own = type.kind === "object" ? valueOf({ kind: "typed", unit, type }) : typedValue(world, unit, type, depth + 1);
  let out = own;
  for (const base of bases) {
    const value = typedValue(world, unit, base, depth + 1);
    if (value.what.length > 0) out = join(out, value);
  }
  return out;
}

/** The annotation names a class (or a library's type): a value of it is an instance. */
function instancesOf(world: World, unit: Unit, value: Value, type: Extract<TypeRef, { kind: "name" }>, depth: number): Value {
  const what: Origin[] = [];
  for (const origin of value.what) {
    if (origin.kind === "class") what.push({ kind: "instance", ref: origin.ref });
    else if (origin.kind === "typed") what.push({ ...origin, type: withArguments(origin.unit, origin.type, type.args, unit) });
    else if (origin.kind === "export") {
      const { spec } = origin;
      const target = spec.class ?? spec.type;
      if (target === undefined) continue;
      const argument = spec.tableArgument === undefined ? undefined : type.args[spec.tableArgument];
      what.push({
        kind: "library",
        library: origin.library,
        type: target,
        table: tableOfType(world, unit, argument),
        site: `type:${origin.name}`,
      });
    } else if (
      origin.kind === "instance" ||
      origin.kind === "array" ||
      origin.kind === "map" ||
      origin.kind === "promise" ||
      origin.kind === "library" ||
      origin.kind === "scalar"
    )
      what.push(origin);
  }
  if (what.length > 0) return { what, deps: [], key: undefined };
  // A generic of a package that we do not know may still wrap something known: `Ref<User>`, `Loaded<Book>`.
  return type.args.length === 1 && value.what.some((origin) => origin.kind === "package" && !boxes.has(origin.name))
    ? typedValue(world, unit, type.args[0], depth + 1)
    : unknown;
}

export function tableOfType(world: World, unit: Unit, type: TypeRef | undefined): string | undefined {
  if (type?.kind !== "name") return undefined;
  const value = type.binding < 0 ? unknown : bindingValue(world, unit, type.binding, true);
  for (const origin of value.what) if (origin.kind === "class") return tableOfClass(world, origin.ref);
  // A type parameter names no table; an interface or an imported type does.
  const declared = type.binding < 0 ? undefined : unit.facts.bindings[type.binding];
  return declared === undefined || (declared.kind === "type" && !unit.typesByBinding.has(type.binding))
    ? undefined
    : type.path[type.path.length - 1];
}

function returned(world: World, unit: Unit, type: TypeRef, depth: number): Value {
  const fn = typedValue(world, unit, type, depth + 1);
  for (const origin of fn.what) {
    if (origin.kind === "closure") return typedValue(world, origin.unit, origin.unit.facts.functions[origin.fn]?.returns, depth + 1);
    if (origin.kind === "typed" && origin.type.kind === "function") return typedValue(world, origin.unit, origin.type.returns, depth + 1);
    if (origin.kind === "export" && origin.spec.value !== undefined) {
      const returns = origin.library.types[origin.spec.value]?.call?.returns;
      if (typeof returns === "object" && "type" in returns)
        return valueOf({ kind: "library", library: origin.library, type: returns.type, table: undefined, site: "type" });
    }
  }
  return unknown;
}

/** A member without effects: objects, namespaces, typed objects, exports of packages. */
export function readPlain(world: World, value: Value, name: string): Value {
  let out: Value | undefined;
  for (const origin of value.what) {
    const found = memberOf(world, origin, name);
    if (found !== undefined) out = out === undefined ? found : join(out, found);
  }
  return out ?? unknown;
}

function memberOf(world: World, origin: Origin, name: string): Value | undefined {
  switch (origin.kind) {
    case "object":
      return origin.object.props.get(name);
    case "typed": {
      if (origin.type.kind !== "object") return undefined;
      const member = origin.type.members.find((one) => one.name === name);
      return member === undefined ? undefined : typedValue(world, origin.unit, member.type);
    }
    case "namespace":
      return exportedTypeOrValue(world, origin.unit, name);
    case "package":
      return packageMember(world, origin, name);
    case "export":
      return exportMember(origin, name);
    case "class":
      return name === "prototype" ? valueOf({ kind: "instance", ref: origin.ref }) : undefined;
    default:
      return undefined;
  }
}

/** `Knex.Transaction`, `Sequelize.Model`: a dotted export, or a named one behind the default. */
export function exportMember(origin: Extract<Origin, { kind: "export" }>, name: string): Value | undefined {
  const { library } = origin;
  const dotted = `${origin.name}.${name}`;
  const key = library.exports[dotted] === undefined ? (origin.name === "default" ? name : undefined) : dotted;
  const spec = key === undefined ? undefined : library.exports[key];
  return spec === undefined || key === undefined ? undefined : valueOf({ kind: "export", library, spec, name: key });
}

export function packageMember(world: World, origin: Extract<Origin, { kind: "package" }>, name: string): Value | undefined {
  const { library } = origin;
  if (library === undefined)
    return valueOf({ kind: "package", name: origin.name, library, path: origin.path === "" ? name : `${origin.path}.${name}` });
  const spec = library.exports[name];
  if (spec !== undefined) return valueOf({ kind: "export", library, spec, name });
  const told = writtenExport(world, library, name);
  if (told !== undefined) return told;
  if (name === "default")
    return library.exports["default"] === undefined
      ? valueOf(origin)
      : valueOf({ kind: "export", library, spec: library.exports["default"], name });
  return valueOf({ kind: "package", name: origin.name, library: undefined, path: name });
}

import { exportedValue } from "./modules.ts";
import { tableOfClass } from "./classes.ts";
function exportedTypeOrValue(world: World, unit: Unit, name: string): Value | undefined {
  return exportedValue(world, unit, name, true);
}
