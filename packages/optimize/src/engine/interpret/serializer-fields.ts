/** The fields that a serializer's class shows: declared ones, and those of the model that it names. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { basesOf, evaluateAt, findMember } from "./classes.ts";
import { at } from "./drafts.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { relationsOf } from "./schema.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { constantOf, unknown } from "./value.ts";

export interface ShownField {
  /** The class that declares it, and where. */
  readonly ref: ClassRef;
  readonly spot: { readonly at: number; readonly end: number };
  /** Attributes from the row on. */
  readonly path: readonly string[];
  readonly many: boolean;
  /** The serializer's method that computes it. */
  readonly method?: string;
  /** The serializer that shows what it reads. */
  readonly nested?: LibraryOrigin;
  /** What it reads is shown as its text. */
  readonly text?: boolean;
}

export function shownFields(act: Activation, origin: LibraryOrigin, row: Value): ShownField[] {
  const { model } = origin;
  const spec = origin.library.types[origin.type]?.serializer;
  if (model === undefined || spec === undefined) return [];
  const declared = new Map<string, ShownField | undefined>();
  for (const ref of basesOf(act.world, model).project) {
    if (ref.unit.written !== undefined) continue;
    for (const member of ref.facts.members) {
      if (member.kind !== "field" || member.value?.kind !== "call" || declared.has(member.name)) continue;
      const value = evaluateAt(act.world, ref, member.value);
      const spot = { at: member.at, end: member.value.end };
      for (const one of value.what) {
        if (one.kind !== "library") continue;
        const field = fieldOf(one, member.name, ref, spot);
        if (field !== "none") declared.set(member.name, field);
      }
    }
  }
  const listed = metaList(act, model, spec.meta, spec.fields);
  const left = metaList(act, model, spec.meta, spec.exclude)?.names ?? [];
  const out = [...declared].flatMap(([name, field]) => (field === undefined || left.includes(name) ? [] : [field]));
  if (listed === undefined && left.length === 0) return out;
  const relations = rowRelations(act, row);
  const names = listed === undefined || listed.all ? [...relations].flatMap(([name, own]) => (own ? [name] : [])) : listed.names;
  const where = listed ?? metaList(act, model, spec.meta, spec.exclude);
  for (const name of names)
    if (!declared.has(name) && !left.includes(name) && where !== undefined && !relations.has(`${name}:one`))
      out.push({ ref: where.ref, spot: where.spot, path: [name], many: false });
  return out;
}

/** The field of a declaration; undefined when it shows nothing, "none" when it is no field. */
function fieldOf(one: LibraryOrigin, name: string, ref: ClassRef, spot: ShownField["spot"]): ShownField | undefined | "none" {
  const type = one.library.types[one.type];
  const args = { args: one.made ?? [] };
  const shows = type?.serializer === undefined ? type?.reads : "nested";
  if (shows === undefined) return "none";
  const flag = (keyword: string): boolean => constantOf(at(args, { arg: 99, keyword }) ?? unknown)?.value === true;
  if (flag("write_only")) return undefined;
  const source = constantOf(at(args, { arg: 99, keyword: "source" }) ?? unknown)?.value;
  const path = source === "*" ? [] : (typeof source === "string" ? source : name).split(".");
  const many = flag("many");
  const base = { ref, spot, path, many };
  if (shows === "nested") return { ...base, nested: one };
  if (shows === "method") {
    const given = constantOf(at(args, { arg: 0, keyword: "method_name" }) ?? unknown)?.value;
    return { ...base, method: typeof given === "string" ? given : `get_${name}` };
  }
  if (shows === "text") return { ...base, text: true };
  if (shows === "slug") {
    const slug = constantOf(at(args, { arg: 0, keyword: "slug_field" }) ?? unknown)?.value;
    return many || typeof slug !== "string" ? base : { ...base, path: [...path, slug] };
  }
  // The key of a related row is a column of this one.
  if (shows === "key" && !many) return path.length <= 1 ? undefined : { ...base, path: path.slice(0, -1) };
  return base;
}

/** Names of relations of the row's model: true when it declares the relation; `name:one` when its key is a column. */
function rowRelations(act: Activation, row: Value): Map<string, boolean> {
  const out = new Map<string, boolean>();
  for (const origin of row.what) {
    if (origin.kind !== "library" || origin.model === undefined || origin.library.models === undefined) continue;
    for (const [name, relation] of relationsOf(act.world, origin.model)) {
      out.set(name, relation.many && relation.via === "many-to-many" && relation.back !== undefined);
      if (!relation.many && relation.via !== "reverse") out.set(`${name}:one`, false);
    }
  }
  return out;
}

interface MetaList {
  readonly names: readonly string[];
  readonly all: boolean;
  readonly ref: ClassRef;
  readonly spot: ShownField["spot"];
}

/** `class Meta: fields = (…)`. */
function metaList(act: Activation, model: ClassRef, meta: string, name: string): MetaList | undefined {
  const holder = findMember(act.world, model, meta, true);
  const inner = holder?.member.value === undefined ? undefined : evaluateAt(act.world, holder.ref, holder.member.value).what.find(isClass);
  const found = inner === undefined ? undefined : findMember(act.world, inner.ref, name, true);
  const value: Expression | undefined = found?.member.value;
  if (found === undefined || value === undefined || holder === undefined) return undefined;
  const list = evaluateAt(act.world, found.ref, value);
  const spot = { at: found.member.at, end: value.end };
  const names = list.what
    .flatMap((origin) => (origin.kind === "array" ? (origin.elements ?? []) : []))
    .flatMap((one) => {
      const text = constantOf(one)?.value;
      return typeof text === "string" ? [text] : [];
    });
  return { names, all: constantOf(list)?.value === "__all__", ref: holder.ref, spot };
}

function isClass(origin: Origin): origin is Extract<Origin, { kind: "class" }> {
  return origin.kind === "class";
}
