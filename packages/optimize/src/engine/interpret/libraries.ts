/** Calls into declared libraries: effects, lazy builders, callbacks, registrations, results. */
import type { Expression } from "../../model/facts.ts";
import type { Where } from "../../model/effect.ts";
import type { MethodSpec, ResultSpec } from "../../model/library.ts";
import { free, inSequence } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { hasCallback, runCallbacks } from "./callbacks.ts";
import { callFunctions, escapes, later } from "./calls.ts";
import { propertyOf } from "./classes.ts";
import { none, union } from "./deps.ts";
import type { Deps } from "./deps.ts";
import type { Asked, Draft } from "./drafts.ts";
import { at, firstDraft, runDraft, said } from "./drafts.ts";
import { defineMember, extended } from "./extensions.ts";
import { moduleValue, unitValue } from "./modules.ts";
import type { Operation } from "./operation.ts";
import { register } from "./registrations.ts";
import { relate, relationFor } from "./relations.ts";
import type { ResultContext } from "./results.ts";
import { resultValue } from "./results.ts";
import { tableName } from "./tables.ts";
import type { Origin, Value } from "./value.ts";
import { arrayOf, bare, constantOf, join, joinAll, promiseOf, unknown, valueOf, withDeps } from "./value.ts";

type LibraryOrigin = Extract<Origin, { kind: "library" }>;
type MethodOrigin = Extract<Origin, { kind: "library-method" }>;

export function invoke(act: Activation, method: MethodOrigin, args: readonly Value[], e: Expression, receiver: Value): Value {
  const { spec, library } = method;
  const origin = method.receiver?.kind === "library" ? method.receiver : undefined;
  const deps = union(depsOfAll(args), receiver.deps);
  const asked: Asked = { args, receiver: origin, e, deps, member: method.name };
  const table = spec.table === undefined ? origin?.table : (tableName(act.world, at(asked, spec.table)) ?? origin?.table);
  for (const arg of args) escapes(act, arg, e);
  if (spec.wraps !== undefined && args[spec.wraps] !== undefined) return wrapped(args[spec.wraps] as Value, spec);
  const given = hasCallback(spec, args);
  const type = origin === undefined ? undefined : library.types[origin.type];
  const draft = draftAfter(act, method, origin, asked, table);
  let operation: Operation | undefined;
  let ran: Draft | undefined;
  if (spec.relates !== undefined) relate(act, asked, spec.relates);
  // A row's own `getFullName` is no association.
  if (spec.effect?.relation === "member" && relationFor(act, asked, "member") === undefined) return { what: [], deps };
  if (spec.effect !== undefined && type?.collects !== true && !(spec.effect.transaction === "begin" && given)) {
    ran = firstDraft(act, library, spec.effect, method.name, table, asked);
    operation = runDraft(act, ran, e);
    for (const also of spec.also ?? []) runDraft(act, firstDraft(act, library, also, method.name, table, asked), e);
  } else if (spec.runs === true && draft !== undefined) {
    ran = draft;
    operation = runDraft(act, draft, e);
    for (const also of spec.also ?? []) runDraft(act, firstDraft(act, library, also, method.name, draft.table, asked), e);
  }
  if (type?.collects === true && spec.runs !== true && origin !== undefined && (spec.returns === undefined || spec.returns === "same"))
    return collected(origin, asked, deps);
  const context: ResultContext = {
    library,
    origin,
    table: operation?.table ?? table,
    operation,
    args,
    receiver,
    deps,
    results: undefined,
    site: `${act.unit.index}:${e.at}`,
    draft,
    method: method.name,
    e,
    most: ran?.most,
  };
  if (spec.callbacks?.some((callback) => callback.runs === "transaction") === true) for (const arg of args) takeInto(arg, 0);
  if (spec.gathers !== undefined) gather(act, at(asked, spec.gathers), args, e);
  if (spec.caches === true) act.memo++;
  const results = runCallbacks(act, spec, context);
  if (spec.caches === true) act.memo--;
  if (spec.registers !== undefined) register(act, method, args, e, origin);
  if (spec.defines !== undefined) define(act, asked, spec.defines);
  const out =
    spec.imports === undefined ? resultOf(act, spec, { ...context, results }, given) : importNow(act, asked, spec.imports, receiver);
  const whole = spec.copies === undefined ? out : extended(act.world, out, at(asked, spec.copies));
  const value = operation === undefined && spec.promise !== true ? withDeps(whole, deps) : asResult(act, whole, deps);
  return spec.promise === true ? promiseOf(value) : value;
}

/** The batch function of a loader runs once, however many elements of a parallel loop ask. */
function gather(act: Activation, batch: Value | undefined, args: readonly Value[], e: Expression): void {
  const { cost } = act;
  act.cost = free;
  // It is no part of the loops around the calls.
  const loops = act.loops.splice(0, act.loops.length);
  act.kept++;
  callFunctions(act, batch, [arrayOf(args[0] ?? unknown, {}, depsOfAll(args))], e);
  act.kept--;
  act.loops.push(...loops);
  act.gathered = inSequence(act.gathered, act.cost);
  act.cost = cost;
}

function asResult(act: Activation, value: Value, deps: Deps): Value {
  const token = act.result();
  return withDeps(value, union(deps, token), `io${String(token[0])}`);
}

/** `$transaction(writes)`: what was prepared before, perhaps in a loop, runs on its one connection. */
function takeInto(value: Value, depth: number): void {
  if (depth > 3) return;
  for (const origin of value.what) {
    if (origin.kind === "array") for (const one of origin.elements ?? [origin.element]) takeInto(one, depth + 1);
    else if (origin.kind === "promise") takeInto(origin.value, depth + 1);
    else if (origin.kind === "row") for (let one = origin.operation; one !== undefined; one = one.parent) one.within = true;
  }
}

/** `memoize(f)`: asks once for many calls; `transaction(f)`: f runs inside one. The result behaves like the function. */
function wrapped(value: Value, spec: MethodSpec): Value {
  if (spec.memoizes === undefined && spec.transactional !== true) return value;
  return valueOf(
    { kind: "wrapped", inner: value, memoizes: spec.memoizes ?? false, transactional: spec.transactional === true },
    value.deps,
  );
}

function resultOf(act: Activation, spec: MethodSpec, context: ResultContext, given: boolean): Value {
  const { origin, draft } = context;
  if (spec.otherwise !== undefined && !given) return resultValue(act, spec.otherwise, context);
  if (spec.returns !== undefined) return resultValue(act, oneOfRelation(spec, context), context);
  if (spec.runs === true && draft !== undefined) return resultValue(act, answerOf(origin, draft), context);
  // A clause of a builder gives the builder.
  if (spec.sets !== undefined && origin !== undefined) return valueOf({ ...origin, table: context.table, draft });
  return resultValue(act, undefined, context);
}

/** A relation to one row gives one row. */
function oneOfRelation({ returns, effect }: MethodSpec, { operation }: ResultContext): ResultSpec | undefined {
  const isOne = effect?.relation !== undefined && operation !== undefined && operation.spec.list === false;
  return isOne && typeof returns === "object" && "type" in returns ? { ...returns, list: false } : returns;
}

function answerOf(origin: LibraryOrigin | undefined, draft: Draft): ResultSpec {
  const gives = origin === undefined ? undefined : origin.library.types[origin.type]?.gives;
  if (gives !== undefined) return gives;
  return draft.spec.count === true ? "value" : draft.spec.list === true ? "rows" : draft.spec.kind.endsWith("write") ? "value" : "row";
}

/** The call names the operation: the first of the chain, and those that change what is done. The others only modify it. */
function saysWhat(origin: LibraryOrigin | undefined, spec: MethodSpec): boolean {
  const { sets } = spec;
  return (
    origin?.draft === undefined ||
    (sets !== undefined && (sets.kind !== undefined || sets.list !== undefined || sets.count !== undefined || sets.sql !== undefined))
  );
}

function draftAfter(
  act: Activation,
  method: MethodOrigin,
  origin: LibraryOrigin | undefined,
  asked: Asked,
  table: string | undefined,
): Draft | undefined {
  const { spec, library } = method;
  const lazy = origin === undefined ? undefined : library.types[origin.type]?.lazy;
  let base = origin?.draft ?? (lazy === undefined ? undefined : firstDraft(act, library, lazy, method.name, table, { ...asked, args: [] }));
  const becomes = typeof spec.returns === "object" && "type" in spec.returns ? library.types[spec.returns.type]?.lazy : undefined;
  if (base === undefined && becomes !== undefined) base = firstDraft(act, library, becomes, method.name, table, { ...asked, args: [] });
  if (base === undefined) return undefined;
  const named = table === undefined ? base : { ...base, table };
  const next = spec.sets === undefined ? { ...named, deps: union(named.deps, asked.deps) } : said(act, named, spec.sets, asked);
  return { ...next, method: saysWhat(origin, spec) ? method.name : next.method, end: Math.max(next.end, asked.e.end) };
}

/** A command put into a pipeline: it is sent with the others. */
function collected(origin: LibraryOrigin, asked: Asked, deps: Deps): Value {
  const draft = origin.draft;
  return valueOf(draft === undefined ? origin : { ...origin, draft: { ...draft, deps: union(draft.deps, asked.deps), bulk: true } }, deps);
}

function depsOfAll(args: readonly Value[]): Deps {
  let out = none;
  for (const arg of args) out = union(out, arg.deps);
  return out;
}

/** Awaiting a builder runs it. */
export function runPending(act: Activation, value: Value, e: Expression, iterated = false): Value {
  if (!value.what.some((origin) => origin.kind === "library" && isWaiting(origin, iterated))) return value;
  let out: Value | undefined;
  for (const origin of value.what) {
    const one: Value =
      origin.kind === "library" && isWaiting(origin, iterated)
        ? answer(act, origin, value, e, iterated)
        : { what: [origin], deps: value.deps, key: value.key };
    out = out === undefined ? one : join(out, one);
  }
  return asResult(act, out ?? unknown, value.deps);
}

function isWaiting(origin: LibraryOrigin, iterated: boolean): boolean {
  const type = origin.library.types[origin.type];
  return type?.lazy !== undefined && type.collects !== true && (type.inert !== true || iterated);
}

function answer(act: Activation, origin: LibraryOrigin, value: Value, e: Expression, iterated: boolean): Value {
  const type = origin.library.types[origin.type];
  const asked: Asked = { args: [], receiver: origin, e, deps: value.deps, member: origin.type };
  const base =
    origin.draft ?? (type?.lazy === undefined ? undefined : firstDraft(act, origin.library, type.lazy, origin.type, origin.table, asked));
  if (base === undefined) return value;
  const draft = { ...base, deps: union(base.deps, value.deps) };
  const operation = runDraft(act, draft, e);
  const context: ResultContext = {
    ...contextOf(origin, value, e),
    table: operation?.table ?? draft.table,
    operation,
    draft,
    method: draft.method,
    most: draft.most,
  };
  const element = iterated ? type?.element : undefined;
  if (element === undefined || element === "row") return resultValue(act, iterated ? "rows" : answerOf(origin, draft), context);
  const rows = resultValue(act, "rows", context).what[0];
  return rows?.kind === "array"
    ? valueOf({ ...rows, element: resultValue(act, element, { ...context, draft: undefined }) }, value.deps)
    : unknown;
}

/** What iterating a library's value gives; a cursor is read by it. */
export function iterated(act: Activation, value: Value, e: Expression): Value {
  if (!value.what.some((origin) => origin.kind === "library" && origin.library.types[origin.type]?.element !== undefined)) return value;
  const read = runPending(act, value, e, true);
  const what = read.what.flatMap((origin): Origin | Origin[] => {
    const element = origin.kind === "library" ? origin.library.types[origin.type]?.element : undefined;
    if (origin.kind !== "library" || element === undefined) return origin;
    const one = resultValue(act, element, contextOf(origin, read, e));
    // The origin stays: its type may set the pace.
    return [{ kind: "array", element: { ...one, deps: union(one.deps, read.deps) }, size: {} }, origin];
  });
  return { what, deps: read.deps, key: read.key };
}

function contextOf(origin: LibraryOrigin, value: Value, e: Expression): ResultContext {
  return {
    library: origin.library,
    origin,
    table: origin.table,
    operation: undefined,
    args: [],
    receiver: value,
    deps: value.deps,
    results: undefined,
    site: origin.site,
    draft: undefined,
    method: origin.type,
    e,
    most: undefined,
  };
}

/** `new Client(options)`. */
export function constructLibrary(
  act: Activation,
  origin: Extract<Origin, { kind: "export" | "library" }>,
  args: readonly Value[],
  e: Expression,
): Value | undefined {
  const { library } = origin;
  const type = origin.kind === "export" ? (origin.spec.class ?? origin.spec.value) : origin.type;
  if (type === undefined) return undefined;
  const spec = library.types[type]?.construct;
  const made = args.map(bare);
  const self: LibraryOrigin = {
    kind: "library",
    library,
    type,
    table: origin.kind === "library" ? origin.table : undefined,
    site: `${act.unit.index}:${e.at}`,
    made,
  };
  if (spec === undefined) {
    for (const arg of args) for (const one of arg.what) if (one.kind === "closure") later(act, one, e);
    return valueOf(self, depsOfAll(args));
  }
  const result = invoke(act, { kind: "library-method", library, spec, receiver: self, name: `new ${type}` }, args, e, unknown);
  const { returns } = spec;
  if (returns !== undefined && returns !== "same") return result;
  return valueOf(
    { ...self, table: spec.table === undefined ? self.table : tableName(act.world, at({ args }, spec.table)) },
    depsOfAll(args),
  );
}

/** `app.decorate("db", client)` */
function define(act: Activation, asked: Asked, spec: { readonly name: Where; readonly value: Where }): void {
  const name = constantOf(at(asked, spec.name) ?? unknown)?.value;
  const value = at(asked, spec.value);
  if (typeof name === "string" && value !== undefined && asked.receiver !== undefined)
    defineMember(act.world, asked.receiver.library, name, value);
}

/** `sequelize.import(path)`: the module's function is called with the client. */
function importNow(act: Activation, asked: Asked, where: Where, receiver: Value): Value {
  const path = constantOf(at(asked, where) ?? unknown)?.value;
  const pattern = at(asked, where)?.what.find((origin) => origin.kind === "pattern");
  const loaded =
    typeof path === "string"
      ? moduleValue(act.world, act.unit, path, true)
      : pattern?.kind === "pattern"
        ? joinAll(act.world.resolvePattern(act.unit, pattern.prefix, pattern.suffix).map((unit) => unitValue(act.world, unit, true)))
        : unknown;
  return callFunctions(act, loaded, [receiver, unknown], asked.e) ?? unknown;
}

export function loadsOf(act: Activation, value: Value): Value {
  void act;
  return value;
}

void propertyOf;
