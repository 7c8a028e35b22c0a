/** Statements beside the one that a call asks for: keys before a page of joined rows, and what is kept of a row before it is written. */
import type { EffectSpec } from "../../model/effect.ts";
import type { Cost } from "../../model/formula.ts";
import { costOf, free, inSequence, perhaps } from "../../model/formula.ts";
import { decoratorsOf, propertyOf } from "./classes.ts";
import type { Asked, Draft, LibraryOrigin } from "./drafts.ts";
import { at } from "./drafts.ts";
import { modelOf } from "./models.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { arrayIn, constantOf, unknown } from "./value.ts";
import type { World } from "./world.ts";

/** Relations come with the rows: the call names some, or the model loads its own. */
export function joins(world: World, draft: Draft, spec: EffectSpec, asked: Asked, eager: readonly Value[]): boolean {
  if (draft.joined === true || eager.some((value) => namesOf(value).length > 0)) return true;
  const model = spec.keysFirst === "own" ? modelAsked(world, spec, asked) : undefined;
  return model !== undefined && relationsIn(world, model).some((one) => one.eager);
}

/** One row, or a number of them, beside joined relations: a joined statement alone would count rows of the join. */
export function asksKeysFirst({ spec, joined, limited }: Draft): boolean {
  if (spec.keysFirst === undefined || joined !== true || spec.kind !== "db-read" || spec.count === true) return false;
  return limited || (spec.keysFirst === "own" && spec.list !== true);
}

/** What is read of rows before they are written: themselves, and the list of keys of each relation to many that they hold. */
export function comparison(world: World, spec: EffectSpec, asked: Asked, receiver: Value): Cost {
  const given = (spec.bulkIn ?? []).map((where) => at(asked, where)).find((value) => value !== undefined) ?? receiver;
  const row = arrayIn(given)?.element ?? given;
  if (row.what.length === 0) return perhaps(costOf("reads"));
  const costs = row.what.map((origin) => comparisonOf(world, spec, origin));
  return costs.every((cost) => cost === costs[0]) ? (costs[0] ?? free) : costs.reduce((a, b) => (a === free ? b : a), free);
}

function comparisonOf(world: World, spec: EffectSpec, origin: Origin): Cost {
  // Rows that a statement gave have their key.
  if (origin.kind === "library" && origin.type === "Entity") return reads(1 + listsIn(world, origin));
  if (spec.comparesFirst === "always") return reads(1);
  const made = origin.kind === "instance" || (origin.kind === "library" && origin.type === "NewEntity");
  return made ? free : perhaps(reads(1));
}

function reads(count: number): Cost {
  let cost: Cost = free;
  for (let i = 0; i < count; i++) cost = inSequence(cost, costOf("reads"));
  return cost;
}

/** Relations to many that came with the row, because the model or the call that gave it says so. */
function listsIn(world: World, row: LibraryOrigin): number {
  const model = modelOf(world, row);
  if (model === undefined) return 0;
  const named = new Set((row.made ?? []).flatMap((one) => namesOf(propertyOf(one, "relations") ?? unknown)));
  return relationsIn(world, model).filter((one) => one.many && (one.eager || named.has(one.name))).length;
}

/** `["author", "comments.author"]`, `{ author: true }`, `"article.author"`: the first names. */
function namesOf(value: Value): string[] {
  return value.what.flatMap((origin): string[] => {
    if (origin.kind === "const" && typeof origin.value === "string") return [origin.value.split(".")[0] ?? ""];
    if (origin.kind === "array") return (origin.elements ?? [origin.element]).flatMap(namesOf);
    if (origin.kind !== "object") return [];
    return [...origin.object.props].flatMap(([name, one]) => (constantOf(one)?.value === false ? [] : [name]));
  });
}

function modelAsked(world: World, { table }: EffectSpec, asked: Asked): ClassRef | undefined {
  const named = table === undefined ? undefined : at(asked, table)?.what.find((origin) => origin.kind === "class");
  if (named?.kind === "class") return named.ref;
  return asked.receiver === undefined ? undefined : modelOf(world, { ...asked.receiver, type: "Entity", draft: undefined });
}

interface Related {
  readonly name: string;
  readonly many: boolean;
  readonly eager: boolean;
}

const known = new WeakMap<ClassRef, readonly Related[]>();

/** Relations that decorators of the model declare. */
function relationsIn(world: World, ref: ClassRef): readonly Related[] {
  let list = known.get(ref);
  if (list === undefined) {
    list = ref.facts.members.flatMap((member) =>
      decoratorsOf(world, ref, member.decorators).flatMap(({ spec, args }): Related[] => {
        if (spec.relation === undefined) return [];
        const eager = args.some((arg) => constantOf(propertyOf(arg, "eager") ?? unknown)?.value === true);
        return [{ name: member.name, many: spec.relation === "many", eager }];
      }),
    );
    known.set(ref, list);
  }
  return list;
}
