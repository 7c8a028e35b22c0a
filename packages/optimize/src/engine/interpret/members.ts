/** Reading and writing members of values. */
import type { MemberExpression } from "../../model/facts.ts";
import type { MethodSpec, TypeSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { arrayMember } from "./arrays.ts";
import { classRefOf, decoratorsOf, evaluateAt, fieldsOf, findMember, basesOf, overridesOf, tableOfBase } from "./classes.ts";
import type { FoundMember } from "./classes.ts";
import { escapes } from "./calls.ts";
import { globalValue } from "./expressions.ts";
import { callClosure } from "./functions.ts";
import { exportedValue, runModule, settled } from "./modules.ts";
import { assignedMember, assignMember, definedMember } from "./extensions.ts";
import { modelOf } from "./models.ts";
import { changes } from "./mutations.ts";
import { propertyNames } from "./names.ts";
import { note } from "./operation.ts";
import { tableName } from "./tables.ts";
import { exportMember, packageMember, readPlain, typedValue } from "./types.ts";
import type { ClassRef, HeapObject, Origin, Reader, Value } from "./value.ts";
import { arrayOf, constantValue, join, scalar, undefinedValue, unknown, valueOf, withDeps } from "./value.ts";
import { grew } from "./environment.ts";
import { bare } from "./value.ts";

interface Spot {
  readonly at: number;
  readonly end?: number;
}

export function readMember(act: Activation, object: Value, e: MemberExpression, computed: Value | undefined): Value {
  if (e.name !== "") return readNamed(act, object, e.name, e);
  const names = computed === undefined ? undefined : propertyNames(computed);
  if (names !== undefined) {
    let out: Value | undefined;
    for (const name of names) {
      const value = readNamed(act, object, name, e);
      out = out === undefined ? value : join(out, value);
    }
    return withDeps(out ?? unknown, computed?.deps ?? []);
  }
  // An unknown name: elements of lists and maps; of an object at most eight things that were put there.
  let out: Value | undefined;
  for (const origin of object.what) {
    let found: Value | undefined;
    if (origin.kind === "array") found = origin.element;
    else if (origin.kind === "map") found = origin.value;
    else if (origin.kind === "object") {
      found = origin.object.rest;
      if (origin.object.props.size <= 8)
        for (const value of origin.object.props.values()) found = found === undefined ? value : join(found, value);
    }
    if (found !== undefined) out = out === undefined ? found : join(out, found);
  }
  const key = object.key !== undefined && computed?.key !== undefined ? `${object.key}[${computed.key}]` : undefined;
  return { what: out?.what ?? [], deps: join({ what: [], deps: object.deps }, { what: [], deps: [...(computed?.deps ?? [])] }).deps, key };
}

export function readNamed(act: Activation, object: Value, name: string, spot: Spot): Value {
  // `options?.deep` of options that were not given.
  if (
    object.what.length > 0 &&
    object.what.every((origin) => origin.kind === "const" && (origin.value === null || origin.value === undefined))
  )
    return undefinedValue;
  let out: Value | undefined;
  for (const origin of object.what) {
    const found = memberOf(act, origin, name, object, spot);
    if (found !== undefined) out = out === undefined ? found : join(out, found);
  }
  const key = object.key === undefined || object.key.length > 120 ? undefined : `${object.key}.${name}`;
  if (out === undefined) return object.deps.length === 0 && key === undefined ? unknown : { what: [], deps: object.deps, key };
  return withDeps(out, object.deps, out.key ?? key);
}

function memberOf(act: Activation, origin: Origin, name: string, object: Value, spot: Spot): Value | undefined {
  const { world } = act;
  switch (origin.kind) {
    case "object": {
      const value = readObject(origin.object, name, act.summary);
      return value === undefined && origin.object === act.world.globalObject ? globalValue(act, name) : value;
    }
    case "commonjs":
      return readNamed(act, settled(valueOf(origin)), name, spot);
    case "exports":
      if (name === "exports") return origin.unit.replaced ?? valueOf({ kind: "object", object: origin.unit.exports });
      return undefined;
    case "instance":
      return instanceMember(act, origin.ref, name, object, spot);
    case "class":
      return staticMember(act, origin.ref, name, object, spot);
    case "library": {
      const model = modelOf(world, origin);
      if (model !== undefined && findMember(world, model, name, false) !== undefined) return instanceMember(act, model, name, object, spot);
      return libraryMember(act, origin, name, object);
    }
    case "export": {
      const type = origin.spec.value ?? origin.spec.statics;
      if (type === undefined) return exportMember(origin, name);
      const found = libraryMember(
        act,
        { kind: "library", library: origin.library, type, table: undefined, site: `export:${origin.name}` },
        name,
        object,
      );
      if (found !== undefined) return found;
      return exportMember(origin, name);
    }
    case "package":
      return packageMember(origin, name);
    case "namespace":
      return exportedValue(world, origin.unit, name);
    case "typed": {
      const value = readPlain(world, valueOf(origin), name);
      return value.what.length === 0 ? undefined : value;
    }
    case "builtin":
      return valueOf({ kind: "builtin", name: `${origin.name}.${name}` });
    case "row":
      if (origin.operation?.spec.count === true) return scalar(`count:${origin.operation.id}`, object.deps);
      note(world.operations.get(origin.operation?.id ?? ""), "member", act.place({ at: spot.at, end: spot.end ?? spot.at }));
      return undefined;
    case "closure": {
      const props = functionProps(act, origin);
      const value = props === undefined ? undefined : readObject(props, name, act.summary);
      return (
        value ?? (name === "call" || name === "apply" || name === "bind" ? valueOf({ kind: "method", receiver: object, name }) : undefined)
      );
    }
    case "array":
    case "map":
    case "const":
    case "scalar":
      return arrayMember(act, origin, name, object, spot);
    case "promise":
    case "bound":
      return valueOf({ kind: "method", receiver: object, name });
    default:
      return undefined;
  }
}

export function readObject(object: HeapObject, name: string, reader: Reader): Value | undefined {
  const value = object.props.get(name);
  if (object.persistent) {
    object.readers ??= new Map();
    const set = object.readers.get(name);
    if (set === undefined) object.readers.set(name, new Set([reader]));
    else set.add(reader);
  }
  return value ?? object.rest ?? (object.sealed === true && object.literal ? undefinedValue : undefined);
}

export function writeObject(object: HeapObject, name: string, value: Value, weak: boolean): void {
  const before = object.props.get(name);
  const plain = object.persistent ? bare(value) : value;
  const after = before === undefined || (!weak && !object.persistent) ? plain : join(before, plain);
  object.props.set(name, after);
  if (!grew(before, after)) return;
  for (const reader of object.readers?.get(name) ?? []) reader.dirty = true;
}

const propsOfFunctions = new WeakMap<object, Map<string, HeapObject>>();

/** Functions are objects too: `module.exports = function () {}; module.exports.helper = …`. */
function functionProps(act: Activation, origin: Extract<Origin, { kind: "closure" }>, create = false): HeapObject | undefined {
  let map = propsOfFunctions.get(act.world);
  if (map === undefined) {
    map = new Map();
    propsOfFunctions.set(act.world, map);
  }
  const key = `${origin.unit.index}:${origin.fn}`;
  let object = map.get(key);
  if (object === undefined && create) {
    object = { id: act.world.nextId++, props: new Map(), rest: undefined, persistent: true, literal: false, readers: undefined };
    map.set(key, object);
  }
  return object;
}

function instanceMember(act: Activation, ref: ClassRef, name: string, object: Value, spot: Spot): Value | undefined {
  const { world } = act;
  if (name === "constructor") return valueOf({ kind: "class", ref });
  const found = findMember(world, ref, name, false);
  let out: Value | undefined;
  if (found !== undefined) {
    out = memberValue(act, found, ref, object, spot);
    if (found.member.kind === "method") {
      const overrides = overridesOf(world, ref, name);
      if (overrides.length <= 8)
        for (const one of overrides) out = join(out ?? unknown, memberValue(act, one, one.ref, object, spot) ?? unknown);
    }
  }
  if (found === undefined || found.member.kind === "field") {
    for (const base of basesOf(world, ref).project) {
      const written = readObject(fieldsOf(world, base, false), name, act.summary);
      if (written === undefined || written.what.length === 0) continue;
      // What the class puts in says more than the declared type.
      const onlyTyped =
        found !== undefined &&
        found.member.value === undefined &&
        found.member.decorators.length === 0 &&
        found.member.parameter === undefined;
      out = out === undefined || out.what.length === 0 || onlyTyped ? written : join(out, written);
    }
  }
  if (out !== undefined && out.what.length > 0) return out;
  const { library } = basesOf(world, ref);
  if (library === undefined) return out;
  return (
    libraryMember(
      act,
      {
        kind: "library",
        library: library.library,
        type: library.instance,
        table: tableOfBase(world, ref),
        site: `class:${ref.facts.name}`,
      },
      name,
      object,
    ) ?? out
  );
}

function staticMember(act: Activation, ref: ClassRef, name: string, object: Value, spot: Spot): Value | undefined {
  const { world } = act;
  if (name === "prototype") return valueOf({ kind: "instance", ref });
  if (name === "name") return constantValue(ref.facts.name);
  const found = findMember(world, ref, name, true);
  const own = found === undefined ? undefined : memberValue(act, found, ref, object, spot);
  if (own !== undefined && own.what.length > 0) return own;
  for (const base of basesOf(world, ref).project) {
    const written = readObject(fieldsOf(world, base, true), name, act.summary);
    if (written !== undefined) return written;
  }
  const { library } = basesOf(world, ref);
  if (library?.statics === undefined) return undefined;
  return libraryMember(
    act,
    {
      kind: "library",
      library: library.library,
      type: library.statics,
      table: tableOfBase(world, ref),
      site: `class:${ref.facts.name}`,
      model: ref,
    },
    name,
    object,
  );
}

function memberValue(act: Activation, found: FoundMember, leaf: ClassRef, object: Value, spot: Spot): Value | undefined {
  const { ref, member } = found;
  const self: Value = member.static
    ? valueOf({ kind: "class", ref: leaf }, object.deps)
    : { what: [{ kind: "instance", ref: leaf }], deps: object.deps, key: object.key };
  if (member.function !== undefined) {
    const origin: Origin = { kind: "closure", unit: ref.unit, fn: member.function, env: ref.env, self, home: ref };
    if (member.kind !== "getter") return valueOf(origin);
    return callClosure(act, origin, [], { at: spot.at, end: spot.end ?? spot.at, kind: "literal", type: "null", value: null });
  }
  return fieldValue(act, found, self);
}

const fieldCache = new WeakMap<FoundMember["member"], Value>();

/** A declared field: what is injected, what it starts with, what its type says. */
function fieldValue(act: Activation, found: FoundMember, self: Value): Value | undefined {
  const { ref, member } = found;
  if (member.value?.kind === "function") {
    const fn = member.value.function;
    return valueOf({ kind: "closure", unit: ref.unit, fn, env: ref.env, self, home: ref });
  }
  const known = fieldCache.get(member);
  if (known !== undefined) return known;
  fieldCache.set(member, unknown);
  const { world } = act;
  let out = injected(act, ref, member);
  if (member.value !== undefined) {
    const value = evaluateAt(world, ref, member.value);
    if (value.what.length > 0) out = out === undefined ? value : join(out, value);
  }
  if ((out === undefined || out.what.length === 0 || out.what.every((origin) => origin.kind === "const")) && member.type !== undefined) {
    const typed = typedValue(world, ref.unit, member.type);
    if (typed.what.length > 0) out = typed;
  }
  if (out === undefined) fieldCache.delete(member);
  else fieldCache.set(member, out);
  return out;
}

/** `@InjectRepository(User) repo`, as a field or a constructor parameter. */
function injected(act: Activation, ref: ClassRef, member: FoundMember["member"]): Value | undefined {
  let { decorators } = member;
  if (member.parameter !== undefined) {
    const made = ref.facts.members.find((one) => one.kind === "constructor");
    const fn = made?.function === undefined ? undefined : ref.unit.facts.functions[made.function];
    decorators = [...decorators, ...(fn?.params[member.parameter]?.decorators ?? [])];
  }
  for (const decorator of decoratorsOf(act.world, ref, decorators)) {
    const { injects } = decorator.spec;
    if (injects === undefined) continue;
    return valueOf({
      kind: "library",
      library: decorator.library,
      type: injects.type,
      table: tableName(act.world, decorator.args[injects.table.arg]),
      site: `inject:${member.name}`,
    });
  }
  return undefined;
}

export function typeOf(library: Extract<Origin, { kind: "library" }>["library"], name: string): TypeSpec | undefined {
  return library.types[name];
}

/** What a member of a library type is: a method, a property of another type, or nothing. */
export function libraryMember(
  act: Activation,
  origin: Extract<Origin, { kind: "library" }>,
  name: string,
  object: Value,
): Value | undefined {
  const own = assignedMember(act.world, origin, name);
  if (own !== undefined) return own;
  let type = typeOf(origin.library, origin.type);
  for (let depth = 0; type !== undefined && depth < 6; depth++) {
    const spec = type.members?.[name] ?? prefixMember(type, name);
    if (spec !== undefined) return specValue(origin, spec, name, origin.table);
    if (type.any !== undefined && (type.extends === undefined || typeOf(origin.library, type.extends)?.members?.[name] === undefined)) {
      return specValue(origin, type.any, name, type.anyNamesTable === true ? name : origin.table);
    }
    type = type.extends === undefined ? undefined : typeOf(origin.library, type.extends);
  }
  void act;
  void object;
  return definedMember(act.world, origin.library, name);
}

const prefixes = new WeakMap<TypeSpec, readonly string[]>();

/** Keys that end in "*", the longest first. */
function prefixesOf(type: TypeSpec): readonly string[] {
  let list = prefixes.get(type);
  if (list === undefined) {
    list = Object.keys(type.members ?? {})
      .filter((key) => key.endsWith("*"))
      .sort((a, b) => b.length - a.length);
    prefixes.set(type, list);
  }
  return list;
}

function prefixMember(type: TypeSpec, name: string): MethodSpec | string | undefined {
  for (const key of prefixesOf(type)) {
    const length = key.length - 1;
    // `getPosts`, not `get` and not `getter`: the association's name begins with a capital.
    if (name.length > length && name.startsWith(key.slice(0, -1)) && /[A-Z]/.test(name.charAt(length))) return type.members?.[key];
  }
  return undefined;
}

function specValue(
  origin: Extract<Origin, { kind: "library" }>,
  spec: MethodSpec | string,
  name: string,
  table: string | undefined,
): Value {
  if (typeof spec === "string") return valueOf({ kind: "library", library: origin.library, type: spec, table, site: origin.site });
  return valueOf({ kind: "library-method", library: origin.library, spec, receiver: origin, name });
}

/** `registry[model.name] = model`: each of the values under its own name. */
function writeByOwnName(object: Value, e: MemberExpression, value: Value): boolean {
  const key = e.computed;
  if (key?.kind !== "member" || (key.name !== "name" && key.name !== "modelName") || value.what.length === 0) return false;
  const named = value.what.flatMap((origin): [string, Value][] =>
    origin.kind === "class"
      ? [[origin.ref.facts.name, valueOf(origin)]]
      : origin.kind === "library" && origin.table !== undefined
        ? [[origin.table, valueOf(origin)]]
        : [],
  );
  if (named.length !== value.what.length) return false;
  for (const origin of object.what)
    if (origin.kind === "object") for (const [name, one] of named) writeObject(origin.object, name, one, true);
  return true;
}

export function writeMember(act: Activation, object: Value, e: MemberExpression, computed: Value | undefined, value: Value): void {
  if (e.name === "" && writeByOwnName(object, e, value)) return;
  escapes(act, value, e);
  const names = e.name !== "" ? [e.name] : computed === undefined ? undefined : propertyNames(computed);
  if (
    object.what.some((origin) => origin.kind === "instance" || origin.kind === "class" || origin.kind === "object") ||
    (object.what.length === 0 && object.deps.length > 0)
  )
    changes(act, object, "itself");
  for (const origin of object.what) {
    switch (origin.kind) {
      case "exports":
        if (names?.[0] === "exports") origin.unit.replaced = mergeExports(origin.unit.exports, value);
        break;
      case "object":
        if (names === undefined) {
          // Copying an entry onto itself (decorating all functions of a module) says nothing new.
          if (value.what.length > 0 && value.what.length <= 3)
            origin.object.rest = origin.object.rest === undefined ? bare(value) : join(origin.object.rest, bare(value));
          origin.object.literal = false;
        } else for (const name of names) writeObject(origin.object, name, value, names.length > 1 || act.conditions.length > 0);
        break;
      case "instance":
      case "class":
        for (const name of names ?? []) writeObject(fieldsOf(act.world, origin.ref, origin.kind === "class"), name, value, true);
        break;
      case "library":
        for (const name of names ?? []) assignMember(act.world, origin, name, value);
        break;
      case "closure": {
        const props = functionProps(act, origin, true);
        if (props !== undefined) for (const name of names ?? []) writeObject(props, name, value, true);
        break;
      }
      default:
    }
  }
  // Options that got one more entry are not the options that they were.
  if (
    e.object.kind === "name" &&
    e.object.binding >= 0 &&
    object.key !== undefined &&
    (object.what.length === 0 || object.what.some((origin) => origin.kind === "object" && !origin.object.persistent))
  )
    act.env.assign(e.object.binding, { ...object, key: `v${act.token()}` }, act);
}

/** `module.exports = {...}` after `exports.x =` keeps what was there. */
function mergeExports(object: HeapObject, value: Value): Value {
  const first = value.what[0];
  if (first?.kind === "object" && first.object !== object)
    for (const [name, inner] of object.props) if (!first.object.props.has(name)) first.object.props.set(name, inner);
  return value;
}

void runModule;
void classRefOf;
void arrayOf;
void scalar;
