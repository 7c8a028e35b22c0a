/** Relations whose fields do not say in themselves whether they lead to one row or to many: foreign keys, annotations and arguments do. */
import type { Member, TypeRef } from "../../model/facts.ts";
import type { FieldSpec, ToldSpec } from "../../model/models.ts";
import { basesOf, evaluateAt, findMember } from "./classes.ts";
import { at } from "./drafts.ts";
import { bindingValue } from "./modules.ts";
import { argumentsAt } from "./schema-arguments.ts";
import type { Declared } from "./schema-fields.ts";
import type { ModelRelation, Target } from "./schema.ts";
import { namedModel } from "./schema-targets.ts";
import type { ClassRef, Value } from "./value.ts";
import { arrayIn, constantOf, valueOf } from "./value.ts";
import type { World } from "./world.ts";

export interface Told {
  readonly many: boolean;
  readonly via: FieldSpec["via"];
  readonly target: Target | undefined;
  readonly loads: "touch" | "row" | "query" | "never";
}

/** What the arguments of a field and its annotation say. `target` is where its argument leads. */
export function toldRelation(
  world: World,
  models: readonly ClassRef[],
  ref: ClassRef,
  field: { readonly member: Member; readonly args: readonly Value[]; readonly spec: ToldSpec; readonly to: Target | undefined },
): Told {
  const { member, args, spec } = field;
  const typed = annotated(world, models, ref, member.type, 0);
  const target = field.to ?? typed?.target;
  const loads = typed?.asks === true ? "query" : loadsOf(spec, at({ args }, spec.loads));
  const own = target !== undefined && refersTo(world, ref, target);
  const many = isMany(world, ref, field, target, typed?.many, own);
  const through = at({ args }, spec.through) !== undefined;
  if (through) return { many, via: "many-to-many", target, loads };
  return { many, via: many ? "reverse" : own || hasColumn(world, ref, member.name) ? "key" : "one-to-one", target, loads };
}

function isMany(
  world: World,
  ref: ClassRef,
  { member, args, spec }: { readonly member: Member; readonly args: readonly Value[]; readonly spec: ToldSpec },
  target: Target | undefined,
  typed: boolean | undefined,
  own: boolean,
): boolean {
  const list = constantOf(at({ args }, spec.list) ?? valueOf({ kind: "const", value: null }))?.value;
  if (typeof list === "boolean") return list;
  if (typed !== undefined) return typed;
  if (at({ args }, spec.through) !== undefined) return true;
  if (target?.ref === ref) return at({ args }, spec.remote) === undefined;
  const theirs = target?.ref !== undefined && refersTo(world, target.ref, { ref, table: ref.facts.name });
  if (own && theirs) {
    const keys = at({ args }, spec.keys);
    const texts = keys === undefined ? [] : constantsIn(keys);
    if (texts.length > 0) return !texts.some((text) => text.includes(`${ref.facts.name}.`));
    return keys === undefined && !hasColumn(world, ref, member.name);
  }
  if (own) return false;
  if (theirs) return true;
  return at({ args }, spec.keys) === undefined && !hasColumn(world, ref, member.name);
}

/** Texts of a value, or of a list. */
function constantsIn(value: Value): string[] {
  return [value, ...(arrayIn(value)?.elements ?? [])].flatMap((one) => {
    const text = constantOf(one)?.value;
    return typeof text === "string" ? [text] : [];
  });
}

/** The foreign key that is named after the relation. */
function hasColumn(world: World, ref: ClassRef, name: string): boolean {
  return [true, false].some((isStatic) => findMember(world, ref, `${name}_id`, isStatic) !== undefined);
}

function loadsOf(spec: Pick<ToldSpec, "when">, value: Value | undefined): Told["loads"] {
  const when = value === undefined ? undefined : constantOf(value)?.value;
  return when === undefined || when === null ? "touch" : (spec.when[String(when)] ?? "touch");
}

interface Annotated {
  readonly target: Target | undefined;
  readonly many: boolean | undefined;
  /** A query stands in the place of the rows. */
  readonly asks?: boolean;
}

const lists: ReadonlySet<string> = new Set(["List", "Set", "Sequence", "Collection", "list", "set", "frozenset"]);
const wrappers: ReadonlySet<string> = new Set(["Mapped", "Optional", "DynamicMapped", "WriteOnlyMapped", "relationship"]);

/** `Mapped[list["Item"]]`, `list["Item"]`, `Optional["Owner"]`. */
function annotated(
  world: World,
  models: readonly ClassRef[],
  ref: ClassRef,
  type: TypeRef | undefined,
  depth: number,
): Annotated | undefined {
  if (type === undefined || depth > 5) return undefined;
  if (type.kind === "array") {
    const inner = annotated(world, models, ref, type.of, depth + 1);
    return inner === undefined ? undefined : { ...inner, many: true };
  }
  if (type.kind === "union") {
    for (const one of type.of) {
      const inner = annotated(world, models, ref, one, depth + 1);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  if (type.kind !== "name") return undefined;
  const name = type.path.at(-1) ?? "";
  const [first, last] = [type.args[0], type.args.at(-1)];
  if (first !== undefined && wrappers.has(name)) {
    const asks = name === "DynamicMapped" || name === "WriteOnlyMapped";
    const inner = annotated(world, models, ref, first, depth + 1);
    return asks ? { target: inner?.target, many: true, asks } : inner;
  }
  if (first !== undefined && (lists.has(name) || name === "Dict" || name === "dict")) {
    const inner = annotated(world, models, ref, lists.has(name) ? first : last, depth + 1);
    return inner === undefined ? undefined : { ...inner, many: true };
  }
  const value = type.binding < 0 ? undefined : bindingValue(world, ref.unit, type.binding, true);
  const target = namedModel(world, models, ref, value) ?? namedModel(world, models, ref, valueOf({ kind: "const", value: name }));
  return target === undefined ? undefined : { target, many: false };
}

const referred = new WeakMap<ClassRef, ReadonlySet<string>>();

/** The class, or one above it, has a column that refers to the other table. */
function refersTo(world: World, ref: ClassRef, target: Target): boolean {
  const names = target.ref === undefined ? [target.table.toLowerCase()] : tableNames(world, target.ref);
  return basesOf(world, ref).project.some((one) => {
    const tables = referredBy(world, one);
    return names.some((name) => tables.has(name));
  });
}

/** Tables that the columns of a class refer to. */
function referredBy(world: World, ref: ClassRef): ReadonlySet<string> {
  const known = referred.get(ref);
  if (known !== undefined) return known;
  const out = new Set<string>();
  referred.set(ref, out);
  for (const member of ref.facts.members) {
    if (member.value?.kind !== "call") continue;
    const args = argumentsAt(world, ref, member.value.args);
    for (const origin of evaluateAt(world, ref, member.value.callee).what) {
      if (origin.kind !== "export" || origin.spec.value === undefined) continue;
      const where = origin.library.types[origin.spec.value]?.references;
      if (where !== undefined) note(world, out, at({ args }, where));
    }
    for (const arg of args)
      for (const origin of arg.what) {
        const where = origin.kind === "library" ? origin.library.types[origin.type]?.references : undefined;
        if (where !== undefined && origin.kind === "library") note(world, out, at({ args: origin.made ?? [] }, where));
      }
  }
  return out;
}

/** `"users.id"`, `"schema.users.id"`, `User.id`. */
function note(world: World, out: Set<string>, value: Value | undefined): void {
  for (const origin of value?.what ?? []) {
    if (origin.kind === "const" && typeof origin.value === "string") out.add((origin.value.split(".").at(-2) ?? "").toLowerCase());
    if (origin.kind === "library" && origin.model !== undefined) for (const name of tableNames(world, origin.model)) out.add(name);
  }
}

/** By which names foreign keys may speak of the class's table. */
function tableNames(world: World, ref: ClassRef): readonly string[] {
  const found = findMember(world, ref, "__tablename__", true)?.member.value;
  if (found?.kind === "literal" && typeof found.value === "string") return [found.value.toLowerCase()];
  const { name } = ref.facts;
  return [name.toLowerCase(), name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase()];
}

/** The other side of a relation that only one side declares: `backref="children"`. */
export function mirrored({ spec, args, name }: Declared, relation: ModelRelation, holder: ClassRef): ModelRelation | undefined {
  const { told } = spec;
  const given = told === undefined ? undefined : at({ args }, told.reverse);
  if (told === undefined || given === undefined) return undefined;
  // `backref("children", lazy="selectin")`: arguments of the other side.
  const origin = given.what[0];
  const made = origin?.kind === "library" ? (origin.made ?? []) : [given];
  const back = constantOf(made[0] ?? given)?.value;
  if (typeof back !== "string") return undefined;
  const loads = loadsOf(told, at({ args: made }, told.loads));
  const list = constantOf(at({ args: made }, told.list) ?? given)?.value;
  const many = relation.via !== "reverse" && relation.via !== "one-to-one" && list !== false;
  return {
    name: back,
    many,
    via: relation.via === "many-to-many" ? "many-to-many" : relation.via === "reverse" ? "key" : many ? "reverse" : "one-to-one",
    target: { ref: holder, table: holder.facts.name },
    back: name,
    eager: loads === "row",
    loads: loads === "query" || loads === "never" ? loads : undefined,
  };
}

/** A name that stands there, also inside of what says more. */
export function textAt({ args }: Declared, where: FieldSpec["reverse"]): string | undefined {
  const given = where === undefined ? undefined : at({ args }, where);
  const origin = given?.what[0];
  const value = origin?.kind === "library" ? origin.made?.[0] : given;
  const text = value === undefined ? undefined : constantOf(value)?.value;
  return typeof text === "string" ? text : undefined;
}
