/** What makes a query run, and how often: tests, indexes, loops that run over a query which was put together before them. */
import type { Expression, MemberExpression } from "../../model/facts-expressions.ts";
import { free, inSequence } from "../../model/formula.ts";
import type { MethodSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import type { Deps } from "./deps.ts";
import { since, union } from "./deps.ts";
import type { Draft } from "./drafts.ts";
import { runDraft } from "./drafts.ts";
import { evaluate } from "./expressions.ts";
import { join } from "./joins.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { asResult } from "./libraries.ts";
import type { Operation } from "./operation.ts";
import { note } from "./operation.ts";
import { iterated } from "./pending.ts";
import { rowValue } from "./relation-step.ts";
import { mergeRows, sameRows } from "./row-joins.ts";
import { isQuery } from "./row-results.ts";
import { plainState, stateWith } from "./row-state.ts";
import type { Value } from "./value.ts";
import { constantOf, unknown, unknownFrom } from "./value.ts";

/** A query that waits to be run. */
function isWaiting(value: Value): boolean {
  return value.what.some((origin) => isQuery(origin) && origin.draft !== undefined && origin.state !== undefined);
}

/** `len(query)`, `row in query`: its rows are read, all of them. */
export function askRows(act: Activation, value: Value, e: Expression): void {
  if (isWaiting(value)) iterated(act, value, e);
}

/** Runs the queries that the innermost variables hold, whose rows are there from then on. */
export function keepRows(act: Activation, e: Expression): void {
  for (const [binding, value] of act.env.values) {
    if (!isWaiting(value)) continue;
    askRows(act, value, e);
    const what = value.what.map((origin) =>
      isQuery(origin) && origin.state !== undefined ? { ...origin, state: stateWith(origin.state, { there: true }) } : origin,
    );
    act.env.overlay(binding, { ...value, what });
  }
}

/** `if query:`, where a query is true when it has rows; elsewhere it is an object like others. */
export function askTruth(act: Activation, value: Value, e: Expression): void {
  if (value.what.some((origin) => origin.kind === "library" && origin.library.models?.truth === "rows")) askRows(act, value, e);
}

/** `query[0]` is a row, `query[:5]` a shorter query; undefined when the object is no query. */
export function itemOfQuery(act: Activation, object: Value, e: MemberExpression): Value | undefined {
  if (e.subscript !== true || !isWaiting(object)) return undefined;
  let out: Value | undefined;
  for (const origin of object.what) {
    if (!isQuery(origin) || origin.draft === undefined) continue;
    const value =
      e.computed?.kind === "slice" ? shorter(act, origin, origin.draft, object, e.computed) : oneRow(act, origin, origin.draft, object, e);
    out = out === undefined ? value : join(out, value);
  }
  return out;
}

function shorter(
  act: Activation,
  origin: LibraryOrigin,
  draft: Draft,
  object: Value,
  slice: Extract<Expression, { kind: "slice" }>,
): Value {
  const number = (e: Expression | undefined): number | undefined => {
    const value = e === undefined ? undefined : constantOf(evaluate(act, e))?.value;
    return typeof value === "number" ? value : undefined;
  };
  const start = slice.start === undefined ? 0 : number(slice.start);
  const stop = number(slice.stop);
  const most = start === undefined || stop === undefined || stop < start ? draft.most : stop - start;
  const limited = draft.limited || slice.stop !== undefined;
  return { what: [{ ...origin, draft: { ...draft, limited, most } }], deps: object.deps, key: object.key };
}

function oneRow(act: Activation, origin: LibraryOrigin, draft: Draft, object: Value, e: Expression): Value {
  const state = origin.state ?? plainState;
  const target = origin.table === undefined ? undefined : { ref: origin.model, table: origin.table };
  const row = target === undefined || state.plain ? unknown : rowValue(origin, target, stateWith(state, { there: false, single: true }));
  note(act.evaluated?.get(draft), "first", act.place(e));
  if (state.none || state.there || act.evaluated?.has(draft) === true) return { what: row.what, deps: object.deps, key: undefined };
  runDraft(act, { ...draft, spec: { ...draft.spec, list: false }, limited: true }, whereBuilt(act, draft, e));
  return asResult(act, row, object.deps);
}

/** `query.first()` after its rows were read: it is not only asked whether there are any. */
export function noteOne(act: Activation, origin: LibraryOrigin | undefined, { runs, sets }: MethodSpec, e: Expression): void {
  if (runs !== true || sets?.limited !== true || sets.count === true || origin?.draft === undefined) return;
  note(act.evaluated?.get(origin.draft), "first", act.place(e));
}

/** `query | other`: one query for the rows of both. */
export function joinedQueries(left: Value, right: Value): Value | undefined {
  const a = left.what.find(isQuery);
  const b = right.what.find(isQuery);
  if (a === undefined || b === undefined) {
    // With something unknown it gives what that gives too.
    const [known, other] = a === undefined ? [b, left] : [a, right];
    if (known?.state === undefined || other.what.length > 0) return undefined;
    return { what: [{ ...known, state: stateWith(known.state, { none: false }) }], deps: union(left.deps, right.deps) };
  }
  if (!sameRows(a, b)) return undefined;
  return { what: [mergeRows(a, b)], deps: join(unknownFrom(left.deps), unknownFrom(right.deps)).deps };
}

/** A query is written where its chain ends, when that is in the function that runs it. */
function whereBuilt(act: Activation, { builtAt }: Draft, e: Expression): Expression {
  const here = builtAt !== undefined && builtAt.file === act.unit.facts.file && builtAt.function.id === act.place(e).function.id;
  return here ? { ...e, at: builtAt.at, end: builtAt.end } : e;
}

/** Runs what waits in a query, once: its rows are kept by it. */
export function runQuery(act: Activation, origin: LibraryOrigin, draft: Draft, e: Expression): Operation | undefined {
  const { state } = origin;
  if (state?.none === true || state?.there === true) return undefined;
  if (origin.draft === undefined || state === undefined || draft.spec.stream === true)
    return runDraft(act, draft, whereBuilt(act, draft, e));
  const known = act.evaluated?.get(origin.draft);
  if (known !== undefined) return known;
  const before = draft.kept === true || isGiven(act, e);
  const operation = beforeLoops(act, draft.deps, before ? undefined : (draft.builtAt ?? draft), () =>
    runDraft(act, draft, whereBuilt(act, draft, e)),
  );
  if (operation === undefined) return undefined;
  (act.evaluated ??= new Map()).set(origin.draft, operation);
  if (act.handedOut?.has(origin.draft) === true) note(operation, "escape", act.place(e));
  return operation;
}

/** A parameter, or what the context of a template holds: it was there before any loop of the function. */
function isGiven(act: Activation, e: Expression): boolean {
  const { facts } = act.unit;
  const of = facts.language === "template" && e.kind === "member" ? e.object : e;
  return (
    of.kind === "name" && facts.bindings[of.binding]?.kind === "parameter" && act.loops.every(({ depth }) => depth === act.frames.length)
  );
}

/**
 * Does once what a loop asks for in each round but what was there before the loop remembers: a query that was put together before it,
 * a relation of a row that was read before it.
 */
export function beforeLoops<T>(
  act: Activation,
  deps: Deps,
  made: { readonly file: string; readonly at: number } | undefined,
  body: () => T,
): T {
  const { loops } = act;
  let from = loops.length;
  while (from > 0) {
    const loop = loops[from - 1];
    if (loop === undefined || since(deps, loop.element).length > 0) break;
    const { place } = loop.facts;
    if (made !== undefined && (made.file !== place.file || (made.at >= place.at && made.at < place.end) || made.at > place.end)) break;
    from--;
  }
  if (from === loops.length) return body();
  const inner = loops.splice(from, loops.length - from);
  const { cost } = act;
  act.cost = free;
  const value = body();
  const [first] = inner;
  if (first !== undefined) first.spared = inSequence(first.spared, act.cost);
  act.cost = cost;
  loops.push(...inner);
  return value;
}
