/** Drafts: an operation while it is being said, by one call or by the calls of a builder. */
import type { EffectSpec, Where } from "../../model/effect.ts";
import type { Library } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { propertyOf } from "./classes.ts";
import { none, union } from "./deps.ts";
import type { Deps } from "./deps.ts";
import { perform } from "./emit.ts";
import type { Operation } from "./operation.ts";
import { relationFor } from "./relations.ts";
import { askedKey, noteRead } from "./repeats.ts";
import { tableName } from "./tables.ts";
import { sqlText, urlText } from "./texts.ts";
import { noteTimeout, siteOf } from "./timeouts.ts";
import type { Expression } from "../../model/facts.ts";
import type { Origin, Value } from "./value.ts";
import { constantOf, unknown } from "./value.ts";

type LibraryOrigin = Extract<Origin, { kind: "library" }>;

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
  readonly url: string | undefined;
  /** Equal for drafts that ask the same; undefined when an argument cannot be told. */
  readonly asked: string | undefined;
  readonly deps: Deps;
  readonly values: Deps;
  readonly at: number;
  readonly end: number;
  readonly file: string;
  readonly client: string;
}

export interface Asked {
  readonly args: readonly Value[];
  readonly receiver: LibraryOrigin | undefined;
  readonly e: Expression;
  readonly deps: Deps;
  readonly member: string;
}

/** The value at a place of the call, or of the call that made the receiver. */
export function at(
  asked: { readonly args: readonly Value[]; readonly receiver?: LibraryOrigin | undefined },
  where: Where | undefined,
): Value | undefined {
  if (where === undefined) return undefined;
  const list = where.made === true ? (asked.receiver?.made ?? []) : asked.args;
  const whole = list[where.arg];
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
    serialised: asked.receiver !== undefined && asked.receiver.library.types[asked.receiver.type]?.serial === true,
    within: false,
    sql: undefined,
    url: undefined,
    asked: `${typeof library === "string" ? library : library.id}.${table ?? ""}`,
    deps: asked.deps,
    values: asked.deps,
    at: asked.e.at,
    end: asked.e.end,
    file: act.unit.facts.file,
    client: siteOf(asked.receiver?.site ?? "export:"),
  };
  return said(act, base, spec, asked);
}

/** The draft after one more call has said something. */
export function said(act: Activation, draft: Draft, sets: Partial<EffectSpec> & { readonly limited?: boolean }, asked: Asked): Draft {
  const { limited: isLimited, ...changes } = sets;
  const relation = sets.relation === undefined ? undefined : relationFor(act, asked, sets.relation);
  const changed: EffectSpec = draft.spec === sets ? draft.spec : { ...draft.spec, ...changes };
  const spec: EffectSpec =
    relation?.many === undefined || changed.kind !== "db-read" || changed.count === true ? changed : { ...changed, list: relation.many };
  const limit = places(asked, sets.limit).find((value) => !isMissing(value));
  const most = limit === undefined ? (isLimited === true ? constantNumber(asked.args[0]) : undefined) : constantNumber(limit);
  const filters = places(asked, sets.filter);
  const url = sets.url === undefined ? draft.url : urlText(act, asked.args, sets.url, asked.e);
  const out: Draft = {
    ...draft,
    spec,
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
    url,
    asked: draft.asked === undefined ? undefined : askedKey(`${draft.asked}.${asked.member}`, asked.args),
    deps: union(draft.deps, asked.deps),
    values: union(draft === undefined ? none : draft.values, writtenDeps(spec, asked)),
  };
  const verbed = sets.method === undefined ? out : withVerb(out, asked, sets.method);
  return sets.sql === undefined ? verbed : withSql(act, verbed, asked, sets.sql);
}

function places(asked: Asked, wheres: readonly Where[] | undefined): Value[] {
  return (wheres ?? []).flatMap((where) => at(asked, where) ?? []);
}

function isMissing(value: Value): boolean {
  const constant = constantOf(value);
  return constant !== undefined && constant.value === undefined;
}

function constantNumber(value: Value | undefined): number | undefined {
  const constant = value === undefined ? undefined : constantOf(value)?.value;
  return typeof constant === "number" ? constant : undefined;
}

/** GET and HEAD read; what cannot be seen may write. */
function withVerb(draft: Draft, asked: Asked, where: Where): Draft {
  const given = at(asked, where);
  const verb = given === undefined ? undefined : constantOf(given)?.value;
  const options = asked.args[where.arg];
  if (typeof verb === "string") return { ...draft, spec: { ...draft.spec, kind: /^(get|head)$/i.test(verb) ? "http-read" : "http-write" } };
  const hidden =
    given === undefined
      ? where.property !== undefined && options !== undefined && !isPlainObject(options)
      : given.what.length === 0 || given.what.some((one) => one.kind !== "const");
  return hidden ? { ...draft, spec: { ...draft.spec, kind: "http-write" } } : draft;
}

/** One row of one column, which is a number of rows. */
const onlyCounts = /^\s*select\s+count\s*\([^()]*\)(\s*::\s*\w+)?(\s+(as\s+)?["`]?\w+["`]?)?\s+from\b/i;

/** SQL text says what is done, to which table, and whether it is bounded. */
function withSql(act: Activation, draft: Draft, asked: Asked, where: Where): Draft {
  const sql = sqlText(act, asked.args, where, asked.e);
  const control = sql === undefined ? undefined : controlOf(sql);
  if (control !== undefined) return { ...draft, sql, spec: { ...draft.spec, transaction: control } };
  const facts = sql === undefined ? undefined : act.world.sql(sql);
  if (facts === undefined) return { ...draft, sql };
  if (facts.action === "transaction")
    return { ...draft, sql, spec: { ...draft.spec, transaction: /^\s*(begin|start)/i.test(sql ?? "") ? "begin" : "commit" } };
  const kind = facts.action === "read" ? "db-read" : "db-write";
  const list = kind === "db-read" && !facts.single && draft.spec.list === true;
  const counts = facts.single && onlyCounts.test(sql ?? "");
  return {
    ...draft,
    sql,
    spec: counts ? { ...draft.spec, kind, list, count: true } : { ...draft.spec, kind, list },
    table: facts.tables[0] ?? draft.table,
    limited: draft.limited || (facts.limited && !counts),
    byList: draft.byList || facts.byList,
  };
}

/** A statement of one or two words that opens or ends a transaction; savepoints do neither. */
function controlOf(sql: string): EffectSpec["transaction"] {
  const words = /^\s*(begin|start\s+transaction|commit|end|rollback|abort)(?:\s+(?:work|transaction))?\s*;?\s*$/i
    .exec(sql)?.[1]
    ?.toLowerCase();
  if (words === undefined) return undefined;
  if (words === "rollback" || words === "abort") return "rollback";
  return words === "begin" || words.startsWith("start") ? "begin" : "commit";
}

export function isPlainObject(value: Value): boolean {
  return (
    value.what.length > 0 &&
    value.what.every(
      (origin) => (origin.kind === "object" && origin.object.literal && origin.object.rest === undefined) || isNothing(origin),
    )
  );
}

function isNothing(origin: Origin): boolean {
  return origin.kind === "const" && origin.value === undefined;
}

/** A time-out is there, or may be there in options that cannot be seen. */
function mayHave(asked: Asked, where: Where): boolean {
  if (where.made === true && madeElsewhere(asked.receiver)) return true;
  const list = where.made === true ? (asked.receiver?.made ?? []) : asked.args;
  const value = list[where.arg];
  if (value === undefined) return where.or !== undefined && mayHave(asked, where.or);
  if (where.property === undefined) return !isMissing(value);
  if (value.what.length > 0 && value.what.every((origin) => origin.kind === "closure"))
    return where.or !== undefined && mayHave(asked, where.or);
  if (propertyOf(value, where.property) !== undefined) return true;
  if (value.what.some((origin) => origin.kind === "const" || origin.kind === "scalar") && value.what.length === 1) return false;
  return !isPlainObject(value) || (where.or !== undefined && mayHave(asked, where.or));
}

/** A client that came as a parameter, by injection or from a base class: nobody saw with what it was made. */
function madeElsewhere(receiver: LibraryOrigin | undefined): boolean {
  return receiver !== undefined && receiver.made === undefined && !receiver.site.startsWith("export:");
}

/** What the written values (not the filter) depend on. */
function writtenDeps(spec: EffectSpec, asked: Asked): Deps {
  if (!spec.kind.endsWith("write") || spec.filter === undefined) return asked.deps;
  let out = none;
  for (const [i, arg] of asked.args.entries()) {
    const filters = spec.filter.filter((where) => where.arg === i && where.made !== true);
    if (filters.some((where) => where.property === undefined)) continue;
    if (filters.length === 0) {
      out = union(out, arg.deps);
      continue;
    }
    for (const origin of arg.what) {
      if (origin.kind !== "object") return asked.deps;
      for (const [name, value] of origin.object.props)
        if (!filters.some((where) => where.property?.split(".")[0] === name)) out = union(out, value.deps);
    }
  }
  return out;
}

/** `whereIn(key, keys)`, `where(key, "in", keys)`, `where(inArray(key, keys))`. */
function saysList(asked: Asked, filters: boolean): boolean {
  if (/[a-z]In$/.test(asked.member)) return true;
  if (!filters) return false;
  if (constantOf(asked.args[1] ?? unknown)?.value === "in") return true;
  return (
    asked.e.kind === "call" &&
    asked.e.args.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && value.callee.name === "inArray")
  );
}

/** A filter by many keys: one statement for many rows. */
function hasList(value: Value | undefined, depth: number): boolean {
  if (value === undefined || depth > 3) return false;
  for (const origin of value.what) {
    if (origin.kind === "array" && depth > 0) return true;
    if (origin.kind === "object") {
      for (const [name, inner] of origin.object.props)
        if (/^(_|\$)?(in|inArray|any)$/i.test(name) || hasList(inner, depth + 1)) return true;
      if (origin.object.rest !== undefined && hasList(origin.object.rest, depth + 1)) return true;
    }
  }
  return false;
}

/** The builder is written where it runs; one that a variable held runs where it is awaited, unless many are awaited together. */
function isSaidHere(act: Activation, draft: Draft, e: Expression): boolean {
  const fn = act.unit.facts.functions[act.fn];
  if (draft.file !== act.unit.facts.file || draft.at < (fn?.at ?? 0) || draft.end > (fn?.end ?? Infinity)) return false;
  if (draft.at >= e.at && draft.end <= e.end) return true;
  return e.kind === "call" && e.callee.kind === "member" && e.callee.object.kind === "name" && e.callee.object.name === "Promise";
}

/** Does what the draft says. Transactions begin and end; they are no operation. */
export function runDraft(act: Activation, draft: Draft, e: Expression): Operation | undefined {
  const node = isSaidHere(act, draft, e) ? { ...e, at: draft.at, end: Math.max(draft.end, draft.at) } : e;
  if (draft.spec.transaction !== undefined) {
    act.transaction = draft.spec.transaction === "begin" ? act.place(node) : undefined;
    return undefined;
  }
  const operation = operationOf(act, draft, node);
  if (draft.serialised) for (const capture of act.captures) capture.serialised = true;
  perform(act, operation, draft.deps, draft.values, node);
  if (operation.kind === "db-read")
    noteRead(
      act,
      draft.asked,
      {
        operation,
        deps: draft.deps,
        values: none,
        via: undefined,
        next: undefined,
        depth: 0,
        conditional: false,
        memoized: false,
        once: false,
        blurred: false,
        looped: false,
        inTransaction: false,
      },
      node,
    );
  return operation;
}

function operationOf(act: Activation, draft: Draft, node: { readonly at: number; readonly end: number }): Operation {
  const { spec, table } = draft;
  const id = `${act.unit.facts.file}:${node.at}:${spec.kind}:${table ?? ""}:${spec.count === true ? "n" : ""}`;
  const known = act.world.operations.get(id);
  if (known !== undefined) {
    noteTimeout(act, known, draft.timeout || act.raced > 0);
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
    within: draft.within,
  };
  noteTimeout(act, operation, draft.timeout || act.raced > 0);
  act.world.operations.set(id, operation);
  return operation;
}
