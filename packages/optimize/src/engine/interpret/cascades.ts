/** Statements that a library adds to a write because of the relations of its table: what hangs on deleted rows, what a set of relations replaces. */
import type { EffectSpec } from "../../model/effect.ts";
import type { Cost } from "../../model/formula.ts";
import { costOf, free, inSequence, perhaps } from "../../model/formula.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { isRow } from "./row-results.ts";
import type { ModelRelation } from "./schema.ts";
import { relationsOf } from "./schema.ts";
import { isEager, plainState } from "./row-state.ts";
import type { ClassRef, Value } from "./value.ts";
import type { World } from "./world.ts";

const read = costOf("reads");
const write = costOf("writes");
const maxDepth = 4;

/** Beside the write itself. */
export function besideCost(
  world: World,
  beside: NonNullable<EffectSpec["beside"]>,
  origin: LibraryOrigin | undefined,
  row: Value | undefined,
): Cost {
  if (beside === "orphans") return orphans(world, row);
  if (origin === undefined) return free;
  // What is there already is read; what is not wanted any more is removed, what is new is added.
  if (beside === "replaces") return isNew(origin) ? read : inSequence(read, perhaps(write));
  const { model } = origin;
  if (model === undefined || hanging(world, model).length === 0) return free;
  const below = cascade(world, model, 0);
  // Rows of a query are read first, so that it is known what hangs on them.
  return isRow(origin) ? below : inSequence(read, below);
}

/** Each list of the row is read, when it is not there; what is in it is deleted, or points nowhere. */
function orphans(world: World, row: Value | undefined): Cost {
  const origin = row?.what.find((one) => one.kind === "library" && isRow(one));
  if (origin?.kind !== "library" || origin.model === undefined) return free;
  let cost: Cost = free;
  for (const relation of relationsOf(world, origin.model).values()) {
    if (relation.via === "key" || relation.alone === true) continue;
    const there = relation.eager || isEager(origin.state ?? plainState, relation.name, false);
    cost = inSequence(cost, inSequence(there ? free : read, perhaps(write)));
  }
  return cost;
}

/** The list of a row that the program has just made. */
function isNew({ owner }: LibraryOrigin): boolean {
  const what = owner?.value.what ?? [];
  return what.length > 0 && what.every((one) => one.kind === "library" && one.state?.made === true);
}

function cascade(world: World, model: ClassRef, depth: number): Cost {
  let cost: Cost = free;
  const atOnce = new Set<ClassRef>();
  for (const relation of hanging(world, model)) {
    const ref = relation.target?.ref;
    if (relation.via === "many-to-many") cost = inSequence(cost, write);
    else if (relation.onDelete?.startsWith("SET") === true) cost = inSequence(cost, write);
    else if (relation.onDelete !== "CASCADE") cost = inSequence(cost, read);
    else if (ref === undefined || atOnce.has(ref)) continue;
    else if (hanging(world, ref).length === 0) {
      atOnce.add(ref);
      cost = inSequence(cost, write);
    } else cost = inSequence(cost, inSequence(read, depth >= maxDepth ? free : perhaps(inSequence(write, cascade(world, ref, depth + 1)))));
  }
  return cost;
}

const known = new WeakMap<ClassRef, readonly ModelRelation[]>();

/** Relations by which something is done before a row of the model can go. */
function hanging(world: World, model: ClassRef): readonly ModelRelation[] {
  let list = known.get(model);
  if (list === undefined) {
    list = [...relationsOf(world, model).values()].filter(
      (one) => (one.via === "many-to-many" && one.between === "made") || (one.onDelete !== undefined && one.onDelete !== "DO_NOTHING"),
    );
    known.set(model, list);
  }
  return list;
}
