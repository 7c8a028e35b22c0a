/** Relations between models, as the program declares them: what `user.getPosts()` and `user.$get("posts")` read. */
import type { Where } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { decoratorsOf, evaluateAt } from "./classes.ts";
import type { Asked } from "./drafts.ts";
import { at } from "./drafts.ts";
import { readObject } from "./members.ts";
import { writeObject } from "./member-writes.ts";
import { modelOf } from "./models.ts";
import { tableName } from "./tables.ts";
import type { ClassRef, HeapObject, Origin, Value } from "./value.ts";
import { constantOf, constantValue, newHeap, unknown } from "./value.ts";
import type { World } from "./world.ts";

type LibraryOrigin = Extract<Origin, { kind: "library" }>;

export interface Relation {
  readonly table: string;
  /** Absent: the declaration was not seen. */
  readonly many: boolean | undefined;
}

const declared = new WeakMap<World, HeapObject>();

/** Heap, so that who looked before a declaration ran looks again. */
function declarations(world: World): HeapObject {
  let heap = declared.get(world);
  if (heap === undefined) {
    heap = newHeap(world, true);
    declared.set(world, heap);
  }
  return heap;
}

/** `User.hasMany(Post, { as: "posts" })` */
export function relate(act: Activation, asked: Asked, spec: NonNullable<MethodSpec["relates"]>): void {
  const { receiver } = asked;
  const to = tableName(act.world, at(asked, spec.to));
  if (receiver?.table === undefined || to === undefined) return;
  const alias = constantOf(at(asked, spec.as) ?? unknown)?.value;
  const name = typeof alias === "string" ? alias : to;
  const heap = declarations(act.world);
  writeObject(heap, keyOf(receiver, name), constantValue(`${spec.kind} ${to}`), true);
  writeObject(heap, keyOf(receiver, ""), constantValue(true), true);
}

function keyOf(receiver: LibraryOrigin, name: string): string {
  return `${receiver.library.id}|${receiver.table ?? ""}|${singular(name)}`;
}

function singular(name: string): string {
  const lower = name.toLowerCase();
  if (lower.endsWith("ies")) return `${lower.slice(0, -3)}y`;
  if (/(s|x|z|ch|sh)es$/.test(lower)) return lower.slice(0, -2);
  return lower.endsWith("s") && !lower.endsWith("ss") ? lower.slice(0, -1) : lower;
}

/** The relation that a call asks for; undefined when the model has relations and this is none of them. */
export function relationFor(act: Activation, asked: Asked, where: "member" | Where): Relation | undefined {
  const given = where === "member" ? asked.member.replace(/^[a-z$]+/, "") : constantOf(at(asked, where) ?? unknown)?.value;
  const { receiver } = asked;
  if (typeof given !== "string" || given === "") return where === "member" ? undefined : { table: "", many: undefined };
  if (receiver === undefined) return { table: given, many: undefined };
  const model = modelOf(act.world, receiver);
  const field = model === undefined ? undefined : decorated(act.world, model, given);
  if (field !== undefined) return field;
  const heap = declarations(act.world);
  const known = constantOf(readObject(heap, keyOf(receiver, given), act.summary) ?? unknown)?.value;
  if (typeof known === "string") return { table: known.slice(known.indexOf(" ") + 1), many: known.startsWith("many") };
  const others = readObject(heap, keyOf(receiver, ""), act.summary);
  return others !== undefined && where === "member" ? undefined : { table: given, many: undefined };
}

/** The relation of that name, or to the table of that name, of the rows of a table. */
export function relationNamed(act: Activation, of: LibraryOrigin, name: string): Relation | undefined {
  for (const type of ["Entity", "Instance"]) {
    const model =
      of.library.types[type] === undefined ? undefined : modelOf(act.world, { ...of, type, draft: undefined, model: undefined });
    const field = model === undefined ? undefined : decorated(act.world, model, name);
    if (field !== undefined) return field;
  }
  const known = constantOf(readObject(declarations(act.world), keyOf(of, name), act.summary) ?? unknown)?.value;
  return typeof known === "string" ? { table: known.slice(known.indexOf(" ") + 1), many: known.startsWith("many") } : undefined;
}

/** `@HasMany(() => Post) posts` */
function decorated(world: World, ref: ClassRef, name: string): Relation | undefined {
  for (const member of ref.facts.members) {
    if (singular(member.name) !== singular(name)) continue;
    for (const { spec, args } of decoratorsOf(world, ref, member.decorators)) {
      if (spec.relation === undefined) continue;
      const table = tableName(world, target(world, ref, args[0]));
      if (table !== undefined) return { table, many: spec.relation === "many" };
    }
  }
  return undefined;
}

/** The class, or what the function gives. */
function target(world: World, ref: ClassRef, value: Value | undefined): Value | undefined {
  const origin = value?.what[0];
  if (origin?.kind !== "closure" || origin.unit !== ref.unit) return value;
  const last = origin.unit.facts.functions[origin.fn]?.body.at(-1);
  return last?.kind === "return" && last.value !== undefined ? evaluateAt(world, ref, last.value) : undefined;
}
