/** Calls into declared libraries: effects, lazy builders, callbacks, registrations, results. */
import type { Expression } from "../../model/facts-expressions.ts";
import { inSequence } from "../../model/formula.ts";
import type { Library, MethodSpec, ResultSpec } from "../../model/library.ts";
import { noteRejected } from "./settled.ts";
import type { Activation } from "./activation.ts";
import { callValue } from "./call-targets.ts";
import { besideCost } from "./cascades.ts";
import { hasCallback, runCallbacks } from "./callbacks.ts";
import { chained } from "./chains.ts";
import { checkedCall } from "./checked.ts";
import { showColumns } from "./columns.ts";
import { define, definedAs, importNow } from "./clients.ts";
import type { Deps } from "./deps.ts";
import { union } from "./deps.ts";
import { ofOwner } from "./asked/shape.ts";
import type { Asked, Draft } from "./drafts.ts";
import { depsOfAll, depsOfFilters } from "./draft-arguments.ts";
import { at, firstDraft, runDraft, said } from "./drafts.ts";
import { escapes } from "./escapes.ts";
import { extended } from "./extensions.ts";
import type { Operation } from "./operation.ts";
import { modelName } from "./model-names.ts";
import { noteRowRead, noteRowWrite } from "./lost-updates.ts";
import { noteStarted } from "./lost-work.ts";
import { noteCall } from "./noted-calls.ts";
import { noteJoinedRows } from "./joined-lists.ts";
import { noteLong } from "./sights.ts";
import { flush, iterated } from "./pending.ts";
import { everyOf } from "./python.ts";
import { comparison } from "./kept-rows.ts";
import { register } from "./registrations.ts";
import { isWaiting } from "./relation-step.ts";
import { relate, relationFor } from "./relations.ts";
import { askedBy, givenBuilder, heard, withCaptured } from "./given-builders.ts";
import type { ResultContext } from "./results.ts";
import { answerOf, resultValue } from "./results.ts";
import { askedAlso } from "./repeats.ts";
import { asksFurther, isFree, saysWhat, withRows } from "./row-results.ts";
import { show } from "./shown.ts";
import { showAll, showFields } from "./serializers.ts";
import { settingAt } from "./settings.ts";
import { tableName } from "./tables.ts";
import { anyManager } from "./row-shapes.ts";
import { gather } from "./gathered.ts";
import { registerTag, renderCall } from "./templates.ts";
import type { Origin, Value } from "./value.ts";
import { promiseAll } from "./arrays.ts";
import { joinAll } from "./joins.ts";
import { noteOne } from "./row-uses.ts";
import { arrayOf, promiseOf, undefinedValue, unknown, unknownFrom, valueOf, withDeps } from "./value.ts";
import { nameMade } from "./wiring.ts";
import { writtenExport } from "./written.ts";

export type LibraryOrigin = Extract<Origin, { kind: "library" }>;
type MethodOrigin = Extract<Origin, { kind: "library-method" }>;

/** A manager or repository of some model: which one it is decides what table is asked. */
function asksItsOwn({ site, table, state }: LibraryOrigin, { effect, returns }: MethodSpec): boolean {
  if (site === anyManager) return true;
  if (table !== undefined || state !== undefined) return false;
  // A table that is not known by name makes statements about itself.
  if (effect === undefined) return typeof returns === "object" && "type" in returns && returns.table === "receiver";
  return effect.kind === "db-read" && effect.relation === undefined && effect.lazy === undefined && effect.instance !== true;
}

export function invoke(act: Activation, method: MethodOrigin, args: readonly Value[], e: Expression, receiver: Value): Value {
  const { spec, library } = method;
  const origin = method.receiver?.kind === "library" ? method.receiver : undefined;
  const deps = union(depsOfAll(args), receiver.deps);
  const whose = origin !== undefined && asksItsOwn(origin, spec) ? receiver.deps : undefined;
  const asked: Asked = { args, receiver: origin, e, deps, whose, member: method.name };
  const table = spec.table === undefined ? origin?.table : (tableName(act.world, at(asked, spec.table)) ?? origin?.table);
  if (spec.table !== undefined && table !== undefined) nameMade(act.world, receiver, table);
  if (spec.represents !== undefined) return represented(act, spec.represents, args, e, receiver);
  if (spec.rejects === true) noteRejected(act);
  if (spec.columns === true) showColumns(act, args[0], args[1], e);
  if (spec.setting === true) return settingAt(act.world, args);
  if (spec.names !== undefined) return modelName(asked, spec.names);
  if (spec.told !== undefined) return told(act, library, spec.told, asked);
  if (spec.checks !== undefined) return checkedCall(act, method, spec.checks, args, e, deps);
  if (spec.chains !== undefined || spec.chained === true) return chained(act, method, args, e);
  if (spec.defined !== undefined) return definedAs(act, library, at(asked, spec.defined));
  for (const arg of everyOf(args)) escapes(act, arg, e);
  if (spec.asks !== undefined) return askedBy(act, spec.asks, asked);
  if (spec.iterates !== undefined) iterated(act, at(asked, spec.iterates) ?? unknown, e);
  if (spec.wraps !== undefined && args[spec.wraps] !== undefined) return wrapped(args[spec.wraps] as Value, spec);
  if (spec.holding !== undefined) act.limits = Math.max(0, act.limits + (spec.holding === "begins" ? 1 : -1));
  if (spec.starts === true) noteStarted(act, e);
  if (spec.joins === true) return joinedPromises(act, args, e);
  const given = hasCallback(spec, args);
  const type = origin === undefined ? undefined : library.types[origin.type];
  const statement = typeof spec.runs === "object" ? givenBuilder(act, spec.runs, spec.sets, asked) : undefined;
  const draft = statement?.draft ?? draftAfter(act, method, origin, withCaptured(act, asked), table);
  let operation: Operation | undefined;
  let ran: Draft | undefined;
  if (spec.relates !== undefined) relate(act, asked, spec.relates);
  if (spec.tags !== undefined) registerTag(act, asked, spec.tags);
  if (spec.renders !== undefined) renderCall(act, asked, spec.renders);
  // A row's own `getFullName` is no association.
  if (spec.effect?.relation === "member" && relationFor(act, asked, "member") === undefined) return unknownFrom(deps);
  if (spec.flushes === true) flush(act);
  const free = isFree(origin, spec) || (spec.effect?.keeps === true && isWaiting(act, at(asked, spec.effect.table)));
  const does =
    spec.effect !== undefined && statement === undefined && type?.collects !== true && !(spec.effect.transaction === "begin" && given);
  noteOne(act, origin, spec, e);
  if (!free && does && spec.effect !== undefined) {
    ran = firstDraft(act, library, spec.effect, method.name, table, asked);
    if (spec.effect.comparesFirst !== undefined) act.cost = inSequence(act.cost, comparison(act.world, spec.effect, asked, receiver));
    operation = runDraft(act, ran, e);
    for (const also of spec.also ?? []) runDraft(act, firstDraft(act, library, also, method.name, table, asked), e);
  } else if (!free && spec.runs !== undefined && draft !== undefined) {
    ran = draft;
    operation = runDraft(act, draft, e);
    for (const also of spec.also ?? []) runDraft(act, firstDraft(act, library, also, method.name, draft.table, asked), e);
  }
  if (ran?.spec.beside !== undefined)
    act.cost = inSequence(act.cost, besideCost(act.world, ran.spec.beside, origin, at(asked, ran.spec.table)));
  noteRowWrite(act, operation, draft, { value: receiver, origin }, args, e);
  const site = `${act.unit.index}:${e.at}`;
  if (operation !== undefined && act.unit.facts.language === "python")
    for (const one of [site, origin?.site]) if (one !== undefined) act.world.lastStatements.set(one, operation);
  const fetched = spec.fetches === true ? act.world.lastStatements.get(origin?.site ?? "") : operation;
  if (type?.collects === true && spec.runs === undefined && origin !== undefined && (spec.returns === undefined || spec.returns === "same"))
    return collected(origin, asked, deps);
  const context: ResultContext = {
    library,
    origin,
    table: fetched?.table ?? table,
    operation: fetched,
    args,
    receiver,
    deps,
    results: undefined,
    site,
    draft,
    method: method.name,
    e,
    most: ran?.most ?? fetched?.most,
    fetches: spec.fetches,
  };
  if (spec.callbacks?.some((callback) => callback.runs === "transaction") === true) for (const arg of args) takeInto(arg, 0);
  if (spec.gathers !== undefined) gather(act, at(asked, spec.gathers), args, e);
  if (spec.caches === true) act.memo++;
  const results = runCallbacks(act, spec, context);
  if (spec.caches === true) act.memo--;
  if (spec.shows !== undefined) showAs(act, at(asked, spec.shows), origin, e);
  if (spec.registers !== undefined) register(act, method, args, e, origin);
  if (e.kind === "call") noteCall(act.unit, spec, library.id, e, given);
  if (spec.defines !== undefined) define(act, asked, spec.defines);
  const out =
    spec.imports === undefined ? resultOf(act, spec, { ...context, results }, given) : importNow(act, asked, spec.imports, receiver);
  const asks = statement?.origin ?? origin;
  const rows = asks === undefined || library.models === undefined ? out : withRows(act, out, asks, spec, args, e);
  const whole = spec.copies === undefined ? rows : extended(act.world, rows, at(asked, spec.copies));
  const value = operation === undefined && spec.promise !== true ? withDeps(whole, deps) : asResult(act, whole, deps, operation);
  noteRowRead(act, operation, value);
  noteJoinedRows(act, operation, asks);
  return spec.promise === true ? promiseOf(value) : value;
}

/** `UserRead.model_validate(user)` */
function showAs(act: Activation, value: Value | undefined, origin: LibraryOrigin | undefined, e: Expression): void {
  if (value !== undefined && origin?.model !== undefined) show(act, value, { kind: "class", ref: origin.model }, e);
}

/** A serializer shows what it was made for, or what it is given. */
function represented(act: Activation, what: "made" | "argument", args: readonly Value[], e: Expression, receiver: Value): Value {
  for (const origin of receiver.what) {
    if (origin.kind !== "library") continue;
    if (what === "made") showAll(act, origin, receiver.deps, e);
    else showFields(act, origin, args[0] ?? unknown, e);
  }
  return unknown;
}

/** The library says what the call does in its own words. */
function told(act: Activation, library: Library, { by, args, kept }: NonNullable<MethodSpec["told"]>, asked: Asked): Value {
  const target = writtenExport(act.world, library, by);
  if (target === undefined) return unknown;
  const given = args.map((where) => at(asked, where) ?? undefinedValue);
  if (kept === true) act.once++;
  const value = callValue(act, target, given, asked.e);
  if (kept === true) act.once--;
  return value;
}

export function asResult(act: Activation, value: Value, deps: Deps, operation?: Operation): Value {
  const token = act.result();
  noteLong(act, token[0] ?? 0, value, operation);
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

/** All of them are waited for together: `gather(one(), two())`, `gather(*[load(id) for id in ids])`. */
function joinedPromises(act: Activation, args: readonly Value[], e: Expression): Value {
  const spread = e.kind === "call" && e.args.some((argument) => argument.spread);
  const element = joinAll([...args]);
  const list = spread
    ? arrayOf(element, {})
    : valueOf({ kind: "array", element, elements: args, size: { exact: args.length, max: args.length } }, element.deps);
  return promiseAll(act, [list], e);
}

/** `memoize(f)`: asks once for many calls; `transaction(f)`: f runs inside one. The result behaves like the function. */
function wrapped(value: Value, spec: MethodSpec): Value {
  const { memoizes = false, transactional = false, threaded = false } = spec;
  if (memoizes === false && !transactional && !threaded) return value;
  return valueOf({ kind: "wrapped", inner: value, memoizes, transactional, threaded }, value.deps);
}

function resultOf(act: Activation, spec: MethodSpec, context: ResultContext, given: boolean): Value {
  const { origin, draft } = context;
  if (spec.otherwise !== undefined && !given) return resultValue(act, spec.otherwise, context);
  if (spec.returns !== undefined) return resultValue(act, oneOfRelation(spec, context), context);
  if (spec.runs !== undefined && draft !== undefined) return resultValue(act, answerOf(origin, draft), context);
  // A clause of a builder gives the builder.
  if (spec.sets !== undefined && origin !== undefined) return valueOf({ ...origin, table: context.table, draft });
  return resultValue(act, undefined, context);
}

/** A relation to one row gives one row. */
function oneOfRelation({ returns, effect }: MethodSpec, { operation }: ResultContext): ResultSpec | undefined {
  const isOne = effect?.relation !== undefined && operation !== undefined && operation.spec.list === false;
  return isOne && typeof returns === "object" && "type" in returns ? { ...returns, list: false } : returns;
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
  base = ofOwner(base, origin);
  // What stands for a table and cannot be told decides which one it is: `select(columns)`.
  const chosen = table === undefined && spec.table !== undefined ? at(asked, spec.table)?.deps : undefined;
  const named = table !== undefined ? { ...base, table } : chosen === undefined ? base : { ...base, named: union(base.named, chosen) };
  const plain =
    spec.sets === undefined
      ? {
          ...named,
          asked: askedAlso(named.asked, asked.member, asked.args),
          deps: union(named.deps, asked.deps),
          given: union(named.given, depsOfFilters(asked.args)),
        }
      : said(act, named, spec.sets, asked);
  const next = asksFurther(spec.hears === true ? heard(act, plain, asked) : plain, spec);
  return { ...next, method: saysWhat(origin, spec) ? method.name : next.method, end: Math.max(next.end, asked.e.end) };
}

/** A command put into a pipeline: it is sent with the others. */
function collected(origin: LibraryOrigin, asked: Asked, deps: Deps): Value {
  const draft = origin.draft;
  return valueOf(draft === undefined ? origin : { ...origin, draft: { ...draft, deps: union(draft.deps, asked.deps), bulk: true } }, deps);
}

export function contextOf(origin: LibraryOrigin, value: Value, e: Expression): ResultContext {
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
