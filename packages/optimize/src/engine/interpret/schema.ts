/** What the classes of a program say of their tables: relations, declared by fields and seen from both sides. */
import type { Library } from "../../model/library.ts";
import type { FieldSpec, ModelsSpec } from "../../model/models.ts";
import { basesOf, classRefOf, tableOfClass } from "./classes.ts";
import { at } from "./drafts.ts";
import type { Declared } from "./schema-fields.ts";
import { betweenOf, declaredFields, isSet, onDeleteOf } from "./schema-fields.ts";
import { isAbstract, namedModel } from "./schema-targets.ts";
import { mirrored, textAt, toldRelation } from "./schema-told.ts";
import type { ClassRef } from "./value.ts";
import { constantOf } from "./value.ts";
import type { World } from "./world.ts";

/** The other table of a relation; `ref` when the project declares it. */
export interface Target {
  readonly ref: ClassRef | undefined;
  readonly table: string;
}

export interface ModelRelation {
  readonly name: string;
  readonly many: boolean;
  readonly via: FieldSpec["via"];
  readonly target: Target | undefined;
  /** What the rows of the other side call this one. */
  readonly back: string | undefined;
  /** Comes with the row, as the field says. */
  readonly eager: boolean;
  /** A query of its own, or never read by touching it. */
  readonly loads?: "query" | "never" | undefined;
  /** What becomes of the rows of the other side when this one goes: the name under which the library exports it. */
  readonly onDelete?: string | undefined;
  /** Its rows are left alone when the row goes. */
  readonly alone?: boolean;
  /** The table between the two sides: the library makes it, or the project declares it. */
  readonly between?: "made" | "declared" | undefined;
  /** A method of the class makes it. */
  readonly made?: boolean;
}

interface Schema {
  readonly own: Map<ClassRef, Map<string, ModelRelation>>;
  /** By class, and by table for classes that are not the project's. */
  readonly reverse: Map<ClassRef | string, Map<string, ModelRelation>>;
  readonly merged: Map<ClassRef, ReadonlyMap<string, ModelRelation>>;
}

const schemas = new WeakMap<World, Schema>();

/** The library's type of rows of a class, once somebody asked for it. */
export const rowTypes = new WeakMap<ClassRef, string>();

/** The type is that of rows, or one that extends it. */
export function isRowType(library: Library, type: string): boolean {
  const { models } = library;
  return models !== undefined && (type === models.row || library.types[type]?.extends === models.row);
}

/** How the class's library treats models, when the class is one. */
export function modelsOf(world: World, ref: ClassRef): ModelsSpec | undefined {
  const { library } = basesOf(world, ref);
  const models = library?.library.models;
  if (models === undefined || library === undefined || !isRowType(library.library, library.instance)) return undefined;
  if (library.instance !== models.row) rowTypes.set(ref, library.instance);
  return models;
}

export function relationOf(world: World, ref: ClassRef, name: string): ModelRelation | undefined {
  const found = relationsOf(world, ref).get(name);
  if (found !== undefined) return found;
  const { library } = basesOf(world, ref);
  return library?.account === true ? knownRelation(library.library, library.library.models?.account, name) : undefined;
}

/** All relations of a model: its own, those of its bases, and those that other models declare towards it. */
export function relationsOf(world: World, ref: ClassRef): ReadonlyMap<string, ModelRelation> {
  const schema = schemaOf(world);
  let known = schema.merged.get(ref);
  if (known === undefined) {
    const all = new Map<string, ModelRelation>();
    for (const one of [...basesOf(world, ref).project].reverse())
      for (const side of [schema.reverse.get(one), schema.own.get(one)])
        for (const [name, relation] of side ?? []) all.set(name, selfTargeted(relation, one, ref));
    known = all;
    schema.merged.set(ref, known);
  }
  return known;
}

/** Relations of a table that is not the project's own (`User` of the library): those that the library says, and the project's towards it. */
export function relationOfTable(world: World, library: Library, table: string, name: string): ModelRelation | undefined {
  return knownRelation(library, table, name) ?? schemaOf(world).reverse.get(table)?.get(name);
}

function knownRelation(library: Library, table: string | undefined, name: string): ModelRelation | undefined {
  const known = table === undefined ? undefined : library.models?.known?.[table];
  const found = known !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
  if (found === undefined) return undefined;
  const [kind, to] = found;
  return {
    name,
    many: kind === "many",
    via: kind === "many" ? "many-to-many" : "key",
    target: { ref: undefined, table: to },
    back: undefined,
    eager: false,
  };
}

const lists = new WeakMap<World, readonly ClassRef[]>();

/** The classes of the project that are tables. */
export function allModels(world: World): readonly ClassRef[] {
  const known = lists.get(world);
  if (known !== undefined) return known;
  const models: ClassRef[] = [];
  for (const unit of world.units)
    for (const facts of unit.facts.classes) {
      if (facts.parent !== 0 || facts.bases.length === 0) continue;
      const ref = classRefOf(world, unit, facts.id, unit.env);
      if (modelsOf(world, ref) !== undefined) models.push(ref);
    }
  lists.set(world, models);
  return models;
}

/** `ForeignKey("self")` of an abstract class leads to the class that extends it. */
function selfTargeted(relation: ModelRelation, declared: ClassRef, leaf: ClassRef): ModelRelation {
  if (declared === leaf || relation.target?.ref !== declared || !isAbstract(declared)) return relation;
  return { ...relation, target: { ref: leaf, table: leaf.facts.name } };
}

function schemaOf(world: World): Schema {
  let schema = schemas.get(world);
  if (schema === undefined) {
    schema = { own: new Map(), reverse: new Map(), merged: new Map() };
    schemas.set(world, schema);
    schema = build(world);
    schemas.set(world, schema);
  }
  return schema;
}

function build(world: World): Schema {
  const models = allModels(world);
  // Mixins declare relations too.
  const declaring = new Set(models.flatMap((ref) => basesOf(world, ref).project));
  const declared = [...declaring].flatMap((ref) => declaredFields(world, ref));
  const schema: Schema = { own: new Map(), reverse: new Map(), merged: new Map() };
  for (const field of declared) {
    const to = namedModel(world, models, field.ref, field.spec.to === undefined ? undefined : at({ args: field.args }, field.spec.to));
    const { told } = field.spec;
    if (told !== undefined) {
      const { many, via, target, loads } = toldRelation(world, models, field.ref, { ...field, spec: told, to });
      const back = textAt(field, field.spec.reverse) ?? textAt(field, told.reverse);
      const asks = loads === "query" || loads === "never" ? loads : undefined;
      put(schema.own, field.ref, {
        name: field.name,
        many,
        via,
        target,
        back,
        eager: loads === "row",
        loads: asks,
        alone: told.alone.some((where) => isSet(at({ args: field.args }, where))),
        made: field.member.kind !== "field",
      });
      continue;
    }
    const target = to;
    const loads = field.spec.loads === undefined ? undefined : at({ args: field.args }, field.spec.loads);
    const when = loads === undefined ? undefined : constantOf(loads)?.value;
    const relation: ModelRelation = {
      name: field.name,
      many: field.spec.relation === "many",
      via: field.spec.via,
      target,
      back: reverseName(world, field, field.ref),
      eager: typeof when === "string" && field.spec.eager?.includes(when) === true,
      between: betweenOf(field),
    };
    put(schema.own, field.ref, relation);
  }
  for (const field of declared) {
    const relation = schema.own.get(field.ref)?.get(field.name);
    if (relation?.target === undefined) continue;
    for (const holder of holders(world, models, field.ref)) {
      const mirror = field.spec.told === undefined ? undefined : mirrored(field, relation, holder);
      if (field.spec.told !== undefined) {
        if (mirror !== undefined) put(schema.reverse, relation.target.ref ?? relation.target.table, mirror);
        continue;
      }
      const name = reverseName(world, field, holder);
      if (name === undefined) continue;
      put(schema.reverse, relation.target.ref ?? relation.target.table, {
        name,
        many: field.spec.via !== "one-to-one",
        via: field.spec.via === "many-to-many" ? "many-to-many" : "reverse",
        target: { ref: holder, table: tableOfClass(world, holder) },
        back: field.spec.via === "many-to-many" ? undefined : field.name,
        eager: false,
        onDelete: onDeleteOf(field),
        between: betweenOf(field),
      });
    }
  }
  inherited(world, models, schema);
  return schema;
}

function put<K>(map: Map<K, Map<string, ModelRelation>>, key: K, relation: ModelRelation): void {
  const side = map.get(key) ?? new Map<string, ModelRelation>();
  if (!side.has(relation.name)) side.set(relation.name, relation);
  map.set(key, side);
}

/** The tables that have the field: the class itself, or those that extend the abstract class which declares it. */
function holders(world: World, models: readonly ClassRef[], ref: ClassRef): ClassRef[] {
  if (!isAbstract(ref) && models.includes(ref)) return [ref];
  return models.filter((one) => !isAbstract(one) && basesOf(world, one).project.includes(ref));
}

/** A model that extends another table has a row there, and the other way round: `place.restaurant`. */
function inherited(world: World, models: readonly ClassRef[], schema: Schema): void {
  for (const ref of models) {
    if (modelsOf(world, ref)?.reverse === undefined) continue;
    const above = basesOf(world, ref)
      .project.slice(1)
      .find((one) => modelsOf(world, one) !== undefined && !isAbstract(one));
    if (above === undefined || isAbstract(ref) || isProxy(ref)) continue;
    const target = { ref, table: tableOfClass(world, ref) };
    put(schema.reverse, above, {
      name: ref.facts.name.toLowerCase(),
      many: false,
      via: "one-to-one",
      target,
      back: undefined,
      eager: false,
    });
  }
}

function isProxy(ref: ClassRef): boolean {
  return isAbstract(ref, "proxy");
}

function reverseName(world: World, { spec, args }: Declared, holder: ClassRef): string | undefined {
  const models = modelsOf(world, holder);
  if (models === undefined || spec.via === "generic" || spec.via === "reverse") return undefined;
  const own = holder.facts.name.toLowerCase();
  const given = spec.reverse === undefined ? undefined : at({ args }, spec.reverse);
  if (given !== undefined) {
    const name = constantOf(given)?.value;
    if (typeof name !== "string") return undefined;
    if (name.endsWith("+")) return undefined;
    return name.replace("%(class)s", own).replace("%(app_label)s", "");
  }
  if (models.reverse === undefined) return undefined;
  return `${own}${spec.via === "one-to-one" ? models.reverse.one : models.reverse.many}`;
}

/** What the rows of a relation to many call the row whose relation it is: the key that leads back, when there is one only. */
export function backOf(world: World, { back, via, name, target }: ModelRelation, owner: ClassRef | undefined): string | undefined {
  if (back !== undefined || via !== "reverse" || target?.ref === undefined || owner === undefined) return back;
  const keys = [...relationsOf(world, target.ref).values()].filter((one) => one.via === "key" && one.target?.ref === owner);
  return (keys.find((one) => one.back === name) ?? (keys.length === 1 ? keys[0] : undefined))?.name;
}

const hubs = new WeakMap<World, ReadonlySet<ClassRef>>();
const manyTables = 8;

/** Of the tables with keys, a third and at least eight refer to the target's: tenants and projects, of which there are few. */
export function isShared(world: World, { target }: ModelRelation): boolean {
  if (target?.ref === undefined) return false;
  let known = hubs.get(world);
  if (known === undefined) {
    const tables = new Map<ClassRef, number>();
    let all = 0;
    for (const ref of allModels(world)) {
      const targets = new Set([...relationsOf(world, ref).values()].flatMap((one) => (one.via === "key" ? (one.target?.ref ?? []) : [])));
      if (targets.size > 0) all++;
      for (const one of targets) tables.set(one, (tables.get(one) ?? 0) + 1);
    }
    known = new Set([...tables].flatMap(([ref, count]) => (count >= manyTables && count * 3 >= all ? [ref] : [])));
    hubs.set(world, known);
  }
  return known.has(target.ref);
}
