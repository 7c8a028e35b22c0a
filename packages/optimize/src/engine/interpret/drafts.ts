/** Drafts: an operation while it is being said, by one call or by the calls of a builder. */
import type { EffectSpec, Where } from "../../model/effect.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import { costOf, inSequence } from "../../model/formula.ts";
import type { Library } from "../../model/library.ts";
import type { QueryShape } from "../../model/query-shape.ts";
import type { Place } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import { propertyOf } from "./classes.ts";
import type { Deps } from "./deps.ts";
import { none, union } from "./deps.ts";
import {
  columnsAfter,
  constantNumber,
  depsOfFilters,
  hasList,
  isMissing,
  isSaidHere,
  mayHave,
  places,
  relationNames,
  rowsAskedFor,
  saysList,
  saysOption,
  tableOfStages,
  textOf,
  writtenDeps,
} from "./draft-arguments.ts";
import { withOwnVerb, withSql, withVerb } from "./draft-sql.ts";
import { shapeAfter } from "./asked/shape.ts";
import { noteCommit, perform } from "./emit.ts";
import { asksKeysFirst, joins } from "./kept-rows.ts";
import { plainEffect } from "./summary.ts";
import { joinedAfter } from "./joined-lists.ts";
import { noteShape, type Operation } from "./operation.ts";
import { namedOf } from "./python.ts";
import { relationFor } from "./relations.ts";
import { askedAlso, noteRead } from "./repeats.ts";
import { rowKey } from "./row-keys.ts";
import { tableName } from "./tables.ts";
import { urlText } from "./texts.ts";
import { noteTimeout, siteOf } from "./timeouts.ts";
import type { Origin, Value } from "./value.ts";
import { placeKey } from "./written.ts";

export type LibraryOrigin = Extract<Origin, { kind: "library" }>;

export interface Draft {
  readonly spec: EffectSpec;
  readonly library: string;
  readonly method: string;
  readonly table: string | undefined;
  readonly limited: boolean;
  /** The largest number of rows, when it is a constant. */
  readonly most: number | undefined;
  readonly bulk: boolean;
  readonly byList: boolean;
  readonly timeout: boolean;
  readonly serialised: boolean;
  /** As `serialised`, or options that may hold the handle. */
  readonly within: boolean;
  readonly sql: string | undefined;
  readonly shape?: QueryShape | undefined;
  readonly url: string | undefined;
  /** Equal for drafts that ask the same; undefined when an argument cannot be told. */
  readonly asked: string | undefined;
  /** Equal for drafts that ask for the same single row, whichever of its columns they want. */
  readonly row?: string | undefined;
  readonly deps: Deps;
  readonly values: Deps;
  /** What decides which table is asked, when that is not known, and what the conditions depend on. */
  readonly which: Deps;
  readonly given: Deps;
  /** What stands in the place of the table's name in SQL text. */
  readonly named: Deps;
  readonly at: number;
  readonly end: number;
  readonly file: string;
  readonly client: string;
  /** So many relations of its rows are read by statements of their own. */
  readonly later?: number | undefined;
  /** Relations come with the rows in the same statement. */
  readonly joined?: boolean | undefined;
  /** Of a relation that a row gave. */
  readonly relationPath?: string | undefined;
  readonly builtAt?: Place | undefined;
  /** Columns are named, or may be in options that cannot be seen. */
  readonly chooses?: boolean | undefined;
  /** Those that it names; absent where it names none, or some that are not known. */
  readonly columns?: readonly string[] | undefined;
  readonly includes?: readonly string[] | undefined;
  readonly lists?: ReturnType<typeof joinedAfter> | undefined;
  /** Something keeps the query itself, and with it the rows of its first run: a cached property. */
  readonly kept?: boolean | undefined;
}

export interface Asked {
  readonly args: readonly Value[];
  readonly receiver: LibraryOrigin | undefined;
  readonly e: Expression;
  readonly deps: Deps;
  /** What decides the table, when nothing else says it. */
  readonly whose?: Deps | undefined;
  readonly member: string;
}

/** The value at a place of the call, or of the call that made the receiver. */
export function at(
  asked: { readonly args: readonly Value[]; readonly receiver?: LibraryOrigin | undefined },
  where: Where | undefined,
): Value | undefined {
  if (where === undefined) return undefined;
  const list = where.made === true ? (asked.receiver?.made ?? []) : asked.args;
  const whole = list[where.arg] ?? (where.keyword === undefined ? undefined : namedOf(list)?.get(where.keyword));
  const value = where.property === undefined ? whole : propertyOf(whole, where.property);
  return value ?? at(asked, where.or);
}

export function firstDraft(
  act: Activation,
  library: Library | string,
  spec: EffectSpec,
  method: string,
  table: string | undefined,
  asked: Asked,
): Draft {
  const base: Draft = {
    spec,
    library: typeof library === "string" ? library : library.id,
    method,
    table,
    limited: false,
    most: undefined,
    bulk: spec.bulk === true,
    byList: false,
    timeout: spec.timeout === undefined || spec.timed === true,
    serialised: isSerial(asked.receiver),
    within: false,
    sql: undefined,
    url: undefined,
    asked: `${typeof library === "string" ? library : library.id}.${table ?? ""}`,
    deps: asked.deps,
    values: asked.deps,
    which: table === undefined ? (asked.whose ?? none) : none,
    given: none,
    named: none,
    at: asked.e.at,
    end: asked.e.end,
    file: act.unit.facts.file,
    client: siteOf(asked.receiver?.site ?? "export:"),
  };
  return { ...said(act, base, spec, asked), row: rowKey(base, spec, asked) };
}

/** A draft with each of its members: one that is left out is forgotten. */
type Whole = { -readonly [K in keyof Required<Draft>]: Draft[K] };

/** The draft after one more call has said something. */
export function said(act: Activation, draft: Draft, sets: Partial<EffectSpec> & { readonly limited?: boolean }, asked: Asked): Draft {
  const { limited: isLimited, ...changes } = sets;
  const relation = sets.relation === undefined ? undefined : relationFor(act, asked, sets.relation);
  const changed: EffectSpec = draft.spec === sets ? draft.spec : { ...draft.spec, ...changes };
  const spec: EffectSpec =
    relation?.many === undefined || changed.kind !== "db-read" || changed.count === true
      ? changed.lockWhen !== undefined && saysOption(asked, changed.lockWhen)
        ? { ...changed, kind: "lock" }
        : changed
      : { ...changed, list: relation.many };
  const into = sets.stages === undefined ? undefined : tableOfStages(at(asked, sets.stages[0]));
  if (into !== undefined) return { ...said(act, draft, { ...sets, stages: [], kind: "db-write" }, asked), table: into || undefined };
  const plain = (sets.plain ?? []).some((where) => mayHave(asked, where));
  const locks = places(asked, sets.locking).some((value) => !isMissing(value));
  const limit = places(asked, sets.limit).find((value) => !isMissing(value));
  const most = limit === undefined ? (isLimited === true ? constantNumber(asked.args[0]) : undefined) : constantNumber(limit);
  const filters = places(asked, sets.filter);
  const url = sets.url === undefined ? draft.url : urlText(act, asked.args, sets.url, asked.e);
  // Written out: where members are added to a copy, Node 20 makes the object anew for each of them.
  const out: Whole = {
    spec: plain || locks ? { ...spec, ...(plain ? { values: true } : undefined), ...(locks ? { locks } : undefined) } : spec,
    library: draft.library,
    method: draft.method,
    table:
      sets.relation === undefined
        ? sets.table === undefined
          ? draft.table
          : (tableName(act.world, at(asked, sets.table)) ?? draft.table)
        : relation?.table || undefined,
    limited: draft.limited || isLimited === true || limit !== undefined,
    most: most ?? draft.most,
    bulk:
      draft.bulk || sets.bulk === true || places(asked, sets.bulkIn).some((value) => value.what.some((origin) => origin.kind === "array")),
    byList: draft.byList || filters.some((value) => hasList(value, 0)) || saysList(asked, filters.length > 0),
    timeout: draft.timeout || sets.timed === true || (sets.timeout ?? []).some((where) => mayHave(asked, where)),
    serialised: draft.serialised || places(asked, sets.within).length > 0,
    within: draft.within || (sets.within ?? []).some((where) => mayHave(asked, where)),
    sql: draft.sql,
    shape: draft.shape,
    chooses: draft.chooses === true || (sets.columns ?? []).some((where) => mayHave(asked, where)),
    columns: columnsAfter(draft, asked, sets.columns),
    includes: sets.eager === undefined ? draft.includes : [...(draft.includes ?? []), ...places(asked, sets.eager).flatMap(relationNames)],
    lists: sets.eager === undefined ? draft.lists : joinedAfter(act, draft.lists, { ...spec, ...sets }, asked, draft.table),
    url,
    asked: askedAlso(draft.asked, asked.member, asked.args),
    row: undefined,
    joined:
      sets.eager === undefined && spec.keysFirst !== "own" ? draft.joined : joins(act.world, draft, spec, asked, places(asked, sets.eager)),
    later: draft.later,
    relationPath: typeof sets.relation === "object" ? textOf(at(asked, sets.relation)) : draft.relationPath,
    builtAt: draft.builtAt,
    kept: undefined,
    deps: union(draft.deps, asked.deps),
    values: union(draft.values, writtenDeps(spec, asked)),
    which: draft.which,
    given: union(draft.given, depsOfFilters(asked.args)),
    named: draft.named,
    at: draft.at,
    end: draft.end,
    file: draft.file,
    client: draft.client,
  };
  if (out.spec.kind.startsWith("db-")) out.shape = shapeAfter(out, sets, asked);
  const verbed = withOwnVerb(act.world, sets.method === undefined ? out : withVerb(out, asked, sets.method), asked);
  return sets.sql === undefined ? verbed : withSql(act, verbed, asked, sets.sql);
}

/** What is sent on it runs one after the other. */
export function isSerial(origin: LibraryOrigin | undefined): boolean {
  return origin !== undefined && origin.library.types[origin.type]?.serial === true;
}

/** Does what the draft says. Transactions begin and end; they are no operation. */
export function runDraft(act: Activation, draft: Draft, e: Expression): Operation | undefined {
  const node = isSaidHere(act, draft, e) ? { ...e, at: draft.at, end: Math.max(draft.end, draft.at) } : e;
  if (draft.spec.transaction !== undefined) {
    act.transaction = draft.spec.transaction === "begin" ? act.place(node) : undefined;
    if (draft.spec.transaction === "commit") noteCommit(act, operationOf(act, draft, node), node);
    return undefined;
  }
  const operation = operationOf(act, draft, node);
  if (draft.serialised) for (const capture of act.captures) capture.serialised = true;
  perform(act, operation, draft.deps, operation.kind === "db-read" ? tableDeps(draft, operation) : draft.values, node);
  if (asksKeysFirst(draft)) act.cost = inSequence(act.cost, costOf("reads"));
  if (draft.later !== undefined && operation.kind === "db-read" && operation.spec.count !== true && operation.spec.values !== true)
    for (let i = 0; i < draft.later; i++) act.cost = inSequence(act.cost, costOf("reads"));
  // Of a table that is not known it is not known whether it is the same.
  const asked = draft.table === undefined && draft.sql === undefined ? undefined : draft.asked;
  if (operation.kind === "db-read") noteRead(act, asked, plainEffect(operation, draft.deps, none), node, { row: draft.row });
  return operation;
}

/** What a read asks other tables for: a row that is found by what the same thing holds is asked like any other. */
function tableDeps({ which, given, named }: Draft, { table, byList }: Operation): Deps {
  if (table !== undefined) return none;
  return union(named, byList ? which : which.filter((token) => !given.includes(token)));
}

function operationOf(act: Activation, draft: Draft, node: { readonly at: number; readonly end: number }): Operation {
  const { spec, table } = draft;
  // Of one row, or of each row of a list: the same place may be both.
  const way = `${spec.lazy === "row" ? "r" : ""}${spec.few ?? ""}`;
  const id = `${act.unit.written === undefined ? act.unit.facts.file : placeKey(act, node)}:${node.at}:${spec.kind}:${table ?? ""}:${spec.count === true ? "n" : ""}${way}${rowsAskedFor(act, draft, node)}`;
  const known = act.world.operations.get(id);
  if (known !== undefined) {
    if (draft.chooses === true) known.chooses = true;
    if (known.columns?.join() !== draft.columns?.join()) known.columns = undefined;
    noteTimeout(act, known, draft.timeout || act.raced > 0);
    noteShape(known, draft.shape);
    return known;
  }
  const operation: Operation = {
    id,
    kind: spec.kind,
    spec: draft.bulk && spec.bulk !== true ? { ...spec, bulk: true } : spec,
    library: draft.library,
    method: draft.method,
    table,
    place: act.place(node),
    limited: draft.limited,
    timeout: draft.timeout,
    sql: draft.sql,
    url: draft.url,
    uses: new Map(),
    byList: draft.byList || draft.bulk,
    timeouts: new Map(),
    client: draft.client,
    serial: draft.serialised,
    most: draft.most,
    within: draft.within,
    ...(draft.chooses === true ? { chooses: true } : undefined),
    columns: draft.columns,
    ...(draft.includes === undefined ? undefined : { includes: draft.includes }),
    ...(draft.lists === undefined || draft.lists.lists.length === 0 ? undefined : { joinsLists: draft.lists.lists }),
    relationPath: draft.relationPath,
    builtAt: draft.builtAt,
  };
  noteShape(operation, draft.shape);
  noteTimeout(act, operation, draft.timeout || act.raced > 0);
  act.world.operations.set(id, operation);
  return operation;
}
