/** Members of instances and classes: methods, accessors, fields, what a constructor is given. */
import type { TypeSpec } from "../../model/library.ts";
import { accessorOf, readAccessor } from "./accessors.ts";
import type { Activation } from "./activation.ts";
import type { FoundMember } from "./classes.ts";
import { decoratorsOf, evaluateAt, fieldsOf, findMember, basesOf, tableOfBase } from "./classes.ts";
import type { Closure } from "./functions.ts";
import { handedUp } from "./handed-up.ts";
import { join } from "./joins.ts";
import { libraryMember } from "./library-members.ts";
import { overridesOf } from "./overrides.ts";
import { managerMember, rowOfInstance } from "./row-members.ts";
import { relationStep } from "./relation-step.ts";
import { relationOf } from "./schema.ts";
import type { Spot } from "./members.ts";
import { readObject } from "./members.ts";
import { ownRouters } from "./own-routers.ts";
import { tableName } from "./tables.ts";
import { typedValue } from "./types.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { constantValue, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

/** The origin that stands for an instance of the class in a value: it may say more than the class. */
function instanceIn(object: Value, ref: ClassRef): Extract<Origin, { kind: "instance" }> {
  for (const origin of object.what) if (origin.kind === "instance" && origin.ref === ref) return origin;
  return { kind: "instance", ref };
}

/** The instance as one of a class below its own: it was made with the same. */
function below(object: Value, { given }: Extract<Origin, { kind: "instance" }>, ref: ClassRef): Value {
  return given === undefined ? object : { ...object, what: [{ kind: "instance", ref, given }] };
}

export function instanceMember(act: Activation, ref: ClassRef, name: string, object: Value, spot: Spot): Value | undefined {
  const { world } = act;
  const own = instanceIn(object, ref);
  const given = own.given?.get(name);
  if (given !== undefined) return given;
  if (name === "constructor") return valueOf({ kind: "class", ref });
  const row = basesOf(world, ref).library?.library.models === undefined ? undefined : rowOfInstance(act, ref);
  const relation = row === undefined ? undefined : relationOf(world, ref, name);
  if (row !== undefined && relation !== undefined && findMember(world, ref, name, false)?.member.function === undefined)
    return relationStep(act, row, relation, object, spot);
  const found = findMember(world, ref, name, false);
  let out: Value | undefined;
  if (found === undefined || (found.member.kind === "field" && found.ref !== ref && found.member.value === undefined)) {
    const handed = handedUp(act, ref, name);
    // A container or an option bag that is handed on says less than the field's own uses do.
    if (handed?.what.every((origin) => origin.kind === "library" || origin.kind === "class" || origin.kind === "export") === true)
      return handed;
  }
  if (found !== undefined) {
    out = memberValue(act, found, ref, object, spot);
    if (found.member.kind === "method" && own.exact !== true) {
      const overrides = overridesOf(world, ref, name);
      if (overrides.length <= 8)
        for (const one of overrides)
          out = join(out ?? unknown, memberValue(act, one, one.ref, below(object, own, one.ref), spot) ?? unknown);
      else if (out !== undefined)
        out = { ...out, what: out.what.map((origin) => (origin.kind === "closure" ? { ...origin, untold: true as const } : origin)) };
    }
  }
  if (found === undefined || found.member.kind === "field") {
    const chain = basesOf(world, ref).project;
    for (const base of chain) {
      const field = readObject(fieldsOf(world, base, false), name, act.summary);
      if (field === undefined || field.what.length === 0) continue;
      const written = chain.length === 1 || found?.ref === ref ? field : ownRouters(field, ref);
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
  const inherited = libraryMember(
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
  );
  return throughOwn(act, inherited, ref, name, object, spot) ?? inherited ?? out;
}

/** `session.get(url)` of a class that has a `request` of its own: the library's `get` calls that one. */
function throughOwn(
  act: Activation,
  inherited: Value | undefined,
  ref: ClassRef,
  name: string,
  object: Value,
  spot: Spot,
): Value | undefined {
  const [method] = inherited?.what ?? [];
  const by = method?.kind === "library-method" ? method.spec.through : undefined;
  const found = by === undefined ? undefined : findMember(act.world, ref, by, false);
  const inner = found?.member.function === undefined ? undefined : memberValue(act, found, ref, object, spot);
  return inner === undefined ? undefined : valueOf({ kind: "bound", inner, self: undefined, args: [constantValue(name.toUpperCase())] });
}

export function staticMember(act: Activation, ref: ClassRef, name: string, object: Value, spot: Spot): Value | undefined {
  const { world } = act;
  if (ref.unit.facts.language !== "python") {
    if (name === "prototype") return valueOf({ kind: "instance", ref });
    if (name === "name") return constantValue(ref.facts.name);
  } else if (name === "__name__") return constantValue(ref.facts.name);
  if (basesOf(world, ref).library?.library.models !== undefined) {
    const manager = managerMember(act, ref, name);
    if (manager !== undefined) return manager;
  }
  const found = findMember(world, ref, name, true);
  // A class in the body of another one is no column of it.
  const field = found?.member.kind === "field" && found.member.value?.kind !== "class" ? fieldOnClass(act, ref, name) : undefined;
  if (field !== undefined) return field;
  const own = found === undefined ? undefined : memberValue(act, found, ref, object, spot);
  if (own !== undefined && own.what.length > 0 && found?.member.kind !== "field") return own;
  // `static instance = null` is what it begins with; what methods put in later is meant as well.
  for (const base of basesOf(world, ref).project) {
    const written = readObject(fieldsOf(world, base, true), name, act.summary);
    if (written !== undefined) return own === undefined ? written : join(own, written);
  }
  if (own !== undefined && own.what.length > 0) return own;
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

/** A column or relation of a model, where the class is asked for it (`User.name` in a filter). */
function fieldOnClass(act: Activation, ref: ClassRef, name: string): Value | undefined {
  const { library } = basesOf(act.world, ref);
  const type = library?.statics === undefined ? undefined : library.library.types[library.statics]?.fields;
  if (library === undefined || type === undefined || name.startsWith("__")) return undefined;
  return valueOf({
    kind: "library",
    library: library.library,
    type,
    table: tableOfBase(act.world, ref),
    site: `class:${ref.facts.name}.${name}`,
    model: ref,
    made: [constantValue(name)],
  });
}

/** What a class's member is for an instance of `leaf`, or for the class itself. */
export function memberValue(act: Activation, found: FoundMember, leaf: ClassRef, object: Value, spot: Spot): Value | undefined {
  const { ref, member } = found;
  const self: Value = member.static
    ? valueOf({ kind: "class", ref: leaf }, object.deps)
    : { what: [instanceIn(object, leaf)], deps: object.deps, key: object.key };
  if (member.function !== undefined) {
    const origin: Closure = { kind: "closure", unit: ref.unit, fn: member.function, env: ref.env, self, home: ref };
    if (member.kind !== "getter") return valueOf(origin);
    return readAccessor(act, found, origin, object, spot);
  }
  const made = ref.unit.facts.language === "python" ? accessorOf(act, found) : undefined;
  if (made !== undefined) {
    const own: Value = { what: [instanceIn(object, leaf)], deps: object.deps, key: object.key };
    return readAccessor(act, found, { kind: "closure", unit: ref.unit, fn: made, env: ref.env, self: own, home: ref }, object, spot);
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
    const value = startOf(world, ref, member, self);
    if (value.what.length > 0) out = out === undefined ? value : join(out, value);
  }
  if (
    (out === undefined || out.what.length === 0 || out.what.every((origin) => origin.kind === "const" || isProvided(origin))) &&
    member.type !== undefined
  ) {
    const typed = typedValue(world, ref.unit, member.type);
    if (typed.what.length > 0) out = typed;
  }
  if (out === undefined) fieldCache.delete(member);
  else fieldCache.set(member, out);
  return out;
}

/** What a declared field starts with; that a list starts empty says nothing of how long it is once something was put there. */
function startOf(world: World, ref: ClassRef, member: FoundMember["member"], self: Value): Value {
  const { value, type } = member;
  // A field of an instance may ask it, and keep functions that do; in Python it stands at the class.
  const owner = member.static || ref.unit.facts.language === "python" ? unknown : self;
  const first = value === undefined ? unknown : evaluateAt(world, ref, value, owner);
  const empty = first.what.some((origin) => origin.kind === "array" && origin.size.exact === 0);
  return empty && type !== undefined ? join(first, unknown) : first;
}

/** `session: Session = Depends(session)`: the framework puts there what the type says. */
function isProvided(origin: Origin): boolean {
  return origin.kind === "library" && origin.library.types[origin.type]?.depends !== undefined;
}

/** `@InjectRepository(User) repo`, as a field or a constructor parameter. */
function injected(act: Activation, ref: ClassRef, member: FoundMember["member"]): Value | undefined {
  let { decorators } = member;
  if (member.parameter !== undefined) {
    const made = ref.facts.members.find((one) => one.kind === "constructor");
    const fn = made?.function === undefined ? undefined : ref.unit.facts.functions[made.function];
    decorators = [...decorators, ...(fn?.params[member.parameter]?.decorators ?? [])];
  }
  return injectedParameter(act, ref, decorators, member.name);
}

/** What the decorators of a field or of a constructor's parameter put there. */
export function injectedParameter(
  act: Activation,
  ref: ClassRef,
  decorators: FoundMember["member"]["decorators"],
  name: string,
): Value | undefined {
  for (const decorator of decoratorsOf(act.world, ref, decorators)) {
    const { injects } = decorator.spec;
    if (injects === undefined) continue;
    return valueOf({
      kind: "library",
      library: decorator.library,
      type: injects.type,
      table: tableName(act.world, decorator.args[injects.table.arg]),
      site: `inject:${name}`,
    });
  }
  return undefined;
}

export function typeOf(library: Extract<Origin, { kind: "library" }>["library"], name: string): TypeSpec | undefined {
  return library.types[name];
}
