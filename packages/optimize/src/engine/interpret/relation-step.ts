/** Touching a relation of a row: silent when its rows are there, a read otherwise. */
import type { EffectSpec } from "../../model/effect.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { union } from "./deps.ts";
import { firstDraft, runDraft } from "./drafts.ts";
import type { LibraryOrigin } from "./libraries.ts";
import type { Spot } from "./members.ts";
import { managerClasses } from "./managers.ts";
import type { Operation } from "./operation.ts";
import type { RowState } from "./row-state.ts";
import { behind, isEager, plainState, stateWith } from "./row-state.ts";
import { beforeLoops } from "./row-uses.ts";
import type { ModelRelation } from "./schema.ts";
import { backOf, isShared } from "./schema.ts";
import { rowTypes } from "./schema.ts";
import type { ClassRef, Value } from "./value.ts";
import { unknown, unknownFrom, valueOf, withDeps } from "./value.ts";

/** What `row.name` gives for a relation. `object` is the row as a value, `row` its origin. */
export function relationStep(act: Activation, row: LibraryOrigin, relation: ModelRelation, object: Value, spot: Spot): Value {
  const state = row.state ?? plainState;
  const { name } = relation;
  if (row.owner?.name === name) return withDeps(row.owner.value, row.owner.value.deps);
  const next = behind(state, name);
  return relation.many ? toMany(act, row, relation, object, spot, next) : toOne(act, row, relation, object, spot, next);
}

/** A node for a place that is no call: the member itself, so that its words are known. */
export function nodeAt(spot: Spot): Expression {
  if ("kind" in spot) return spot as Expression;
  return { at: spot.at, end: spot.end ?? spot.at, kind: "literal", type: "null", value: null };
}

function isThere(act: Activation, row: LibraryOrigin, relation: ModelRelation, object: Value): boolean {
  const state = row.state ?? plainState;
  if (state.made && !relation.many && relation.via !== "reverse") return true;
  if (
    relation.eager ||
    relation.loads === "never" ||
    isEager(state, relation.name, relation.via === "key" || relation.via === "one-to-one")
  )
    return true;
  if (object.key === undefined) return false;
  const key = `${object.key}.${relation.name}`;
  if (act.touched?.has(key) === true) return true;
  (act.touched ??= new Set()).add(key);
  return false;
}

function toOne(act: Activation, row: LibraryOrigin, relation: ModelRelation, object: Value, spot: Spot, next: RowState): Value {
  const { models } = row.library;
  const { target } = relation;
  const result = target !== undefined ? rowValue(row, target, next) : relation.via === "generic" ? rowValue(row, anyModel, next) : unknown;
  const key = keyOf(object, relation.name);
  if (models === undefined || isThere(act, row, relation, object)) return { what: result.what, deps: object.deps, key };
  if (models.one !== undefined) return awaited(act, row, models.one.query, relation, object, spot, next);
  read(act, row, relation, object, spot, next);
  const token = act.result();
  const back = relation.back === undefined || relation.via !== "one-to-one" ? undefined : { name: relation.back, value: object };
  const what = back === undefined ? result.what : result.what.map((one) => (one.kind === "library" ? { ...one, owner: back } : one));
  return { what, deps: union(object.deps, token), key: key ?? `io${String(token[0])}` };
}

function read(
  act: Activation,
  row: LibraryOrigin,
  relation: ModelRelation,
  object: Value,
  spot: Spot,
  next: RowState,
): Operation | undefined {
  const reads = row.library.models?.reads;
  if (reads === undefined) return undefined;
  const node = nodeAt(spot);
  const asked = { args: [], receiver: undefined, e: node, deps: object.deps, member: relation.name };
  const distinct = row.library.models?.identity === true && relation.via === "key";
  const few = row.state?.made === true ? "new" : distinct ? fewOf(act, row, relation) : undefined;
  const spec: EffectSpec = {
    ...reads,
    list: relation.many,
    toMany: relation.many,
    lazy: kindOf(row),
    ...(distinct ? { distinct } : {}),
    ...(few === undefined ? {} : { few }),
  };
  const draft = firstDraft(act, row.library, spec, relation.name, relation.target?.table, asked);
  const whole = { ...draft, asked: undefined, relationPath: next.path, builtAt: row.built };
  // A row that was there before a loop is asked in the first round only.
  return beforeLoops(act, object.deps, undefined, () => runDraft(act, whole, node));
}

/** What is read when it is awaited: touching it asks nothing. */
function awaited(
  act: Activation,
  row: LibraryOrigin,
  type: string,
  relation: ModelRelation,
  object: Value,
  spot: Spot,
  next: RowState,
): Value {
  const { target } = relation;
  const lazy = row.library.types[type]?.lazy;
  if (lazy === undefined || target === undefined) return unknownFrom(object.deps, keyOf(object, relation.name));
  const node = nodeAt(spot);
  const asked = { args: [], receiver: undefined, e: node, deps: object.deps, member: relation.name };
  const few = row.state?.made === true ? ("new" as const) : undefined;
  const draft = firstDraft(act, row.library, { ...lazy, lazy: kindOf(row), few }, relation.name, target.table, asked);
  const origin: LibraryOrigin = {
    kind: "library",
    library: row.library,
    type,
    table: target.table,
    site: `relation:${target.table}.${relation.name}`,
    model: target.ref,
    draft: { ...draft, asked: undefined, relationPath: next.path, builtAt: row.built },
    state: next,
    built: row.built,
  };
  return { what: [origin], deps: object.deps, key: keyOf(object, relation.name) };
}

function fewOf(act: Activation, { state }: LibraryOrigin, relation: ModelRelation): "hub" | "inside" | undefined {
  if (isShared(act.world, relation)) return "hub";
  return state?.inside === true ? "inside" : undefined;
}

function kindOf({ state }: LibraryOrigin): "row" | "relation" {
  return state?.single === true ? "row" : "relation";
}

function keyOf(object: Value, name: string): string | undefined {
  return object.key === undefined || object.key.length > 120 ? undefined : `${object.key}.${name}`;
}

/** What the rows of a class are in the library: its models may be of several kinds. */
function rowTypeOf(like: LibraryOrigin, ref: ClassRef | undefined): string {
  const { models } = like.library;
  return (ref === undefined ? undefined : rowTypes.get(ref)) ?? models?.row ?? like.type;
}

/** A row of one of the program's models, nobody knows which. */
const anyModel = { ref: undefined, table: undefined };

/** A row of a table as a value. */
export function rowValue(
  like: LibraryOrigin,
  target: { readonly ref: ClassRef | undefined; readonly table: string | undefined },
  state: RowState,
): Value {
  return valueOf({
    kind: "library",
    library: like.library,
    type: rowTypeOf(like, target.ref),
    table: target.table,
    site: `row:${target.table ?? ""}`,
    model: target.ref,
    state,
    built: like.built,
  });
}

function toMany(act: Activation, row: LibraryOrigin, relation: ModelRelation, object: Value, spot: Spot, next: RowState): Value {
  const { models } = row.library;
  const { target } = relation;
  const key = keyOf(object, relation.name);
  if (models === undefined || target === undefined) return unknownFrom(object.deps, key);
  const eager = isEager(row.state ?? plainState, relation.name, false) || relation.eager;
  // A session knows by its key the row that another one leads to; elsewhere the field says which one it sets.
  const back = models.identity === true ? backOf(act.world, relation, row.model) : relation.back;
  const owner = back === undefined ? undefined : { name: back, value: object };
  if (models.many === "list" && (relation.loads !== "query" || models.dynamic === undefined)) {
    const there = isThere(act, row, relation, object);
    const operation = there ? undefined : read(act, row, relation, object, spot, next);
    const token = there ? object.deps : union(object.deps, act.result());
    const element = rowValue(row, target, stateWith(next, { single: false, inside: next.single || next.inside }));
    const what = element.what.map((one) => (one.kind === "library" ? { ...one, owner } : one));
    const size = { symbol: `${relation.name}@${act.unit.index}:${spot.at}` };
    return { what: [{ kind: "array", element: { what, deps: token, key: undefined }, size, rows: operation }], deps: token, key };
  }
  const type = models.many === "list" ? (models.dynamic ?? "") : models.many.query;
  const lazy = row.library.types[type]?.lazy;
  if (lazy === undefined) return unknown;
  const node = nodeAt(spot);
  const asked = { args: [], receiver: undefined, e: node, deps: object.deps, member: relation.name };
  // What belongs to a row that was just made is what the program itself has put there since.
  const few = row.state?.made === true ? ("new" as const) : undefined;
  const draft = firstDraft(act, row.library, { ...lazy, lazy: kindOf(row), toMany: true, few }, relation.name, target.table, asked);
  return {
    what: [
      {
        kind: "library",
        library: row.library,
        type,
        table: target.table,
        site: `relation:${target.table}.${relation.name}`,
        model: target.ref,
        draft: { ...draft, asked: undefined, relationPath: next.path, builtAt: row.built },
        // A query of one row's own: what its rows lead to is loaded by it, and not by the query that gave the one row.
        state: stateWith(next, { there: eager, single: false, path: next.single ? "" : next.path }),
        queries: target.ref === undefined ? undefined : managerClasses(act.world, target.ref),
        owner,
        built: act.place(node),
      },
    ],
    deps: object.deps,
    key,
  };
}

/** `row.author = author`: what was put there is not read. */
export function noteAssigned(act: Activation, object: Value, name: string): void {
  if (object.key !== undefined) (act.touched ??= new Set()).add(`${object.key}.${name}`);
}

/** A row that a session keeps was changed: the next flush writes it, once, whatever was changed. */
export function noteChanged(act: Activation, row: LibraryOrigin, object: Value, spot: Spot): void {
  const { models } = row.library;
  const key = `${object.key ?? ""}=`;
  if (
    models?.writes === undefined ||
    row.type !== models.row ||
    row.state === undefined ||
    row.state.made ||
    act.touched?.has(key) === true
  )
    return;
  if (object.key !== undefined) (act.touched ??= new Set()).add(key);
  const node = nodeAt(spot);
  const asked = { args: [], receiver: undefined, e: node, deps: object.deps, member: "=" };
  runDraft(act, { ...firstDraft(act, row.library, models.writes, "=", row.table, asked), asked: undefined }, node);
}

/** A row that was changed waits to be written already; another one does from now on. */
export function isWaiting(act: Activation, row: Value | undefined): boolean {
  if (row?.key === undefined) return false;
  const key = `${row.key}=`;
  if (act.touched?.has(key) === true) return true;
  if (row.what.some((one) => one.kind === "library" && one.state !== undefined && !one.state.made)) (act.touched ??= new Set()).add(key);
  return false;
}
