/** Operations that wait to be run: what awaiting or iterating a value does. */
import type { Expression } from "../../model/facts-expressions.ts";
import { free, inSequence } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { union } from "./deps.ts";
import type { Asked } from "./drafts.ts";
import { firstDraft } from "./drafts.ts";
import { join } from "./joins.ts";
import { noteRun } from "./kept-queries.ts";
import { noteRowRead } from "./lost-updates.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { asResult, contextOf } from "./libraries.ts";
import { enumerated } from "./python-sets.ts";
import type { ResultContext } from "./results.ts";
import { answerOf, resultValue } from "./results.ts";
import type { Origin, Value } from "./value.ts";
import { runQuery } from "./row-uses.ts";
import { isQuery, withRows } from "./row-results.ts";
import { plainState, stateWith } from "./row-state.ts";
import { arrayOf, unknown, valueOf, withDeps } from "./value.ts";

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
  const result = asResult(act, out ?? unknown, value.deps, act.lastRun);
  noteRowRead(act, act.lastRun, result);
  act.lastRun = undefined;
  return result;
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
  const operation = runQuery(act, origin, draft, e);
  const context: ResultContext = {
    ...contextOf(origin, value, e),
    table: operation?.table ?? draft.table,
    operation,
    draft,
    method: draft.method,
    most: draft.most,
  };
  const element = iterated ? type?.element : undefined;
  act.lastRun = operation;
  if (operation !== undefined) noteRun(act.world, base, operation);
  if (element === undefined || element === "row") return resultValue(act, iterated ? "rows" : answerOf(origin, draft), context);
  const rows = resultValue(act, "rows", context).what[0];
  if (rows?.kind !== "array") return unknown;
  if (origin.state?.none === true) return arrayOf(unknown, { exact: 0, max: 0 });
  const one = origin.state?.plain === true ? unknown : resultValue(act, element, { ...context, draft: undefined });
  const list = valueOf({ ...rows, element: withDeps(one, value.deps) }, value.deps);
  return origin.library.models === undefined ? list : withRows(act, list, origin, {}, [], e);
}

/** What iterating a library's value gives; a cursor is read by it. `waits`: in an `async for`. */
export function iterated(act: Activation, given: Value, e: Expression, waits = false): Value {
  const value = waits ? given : loadedBefore(given);
  if (!value.what.some((origin) => origin.kind === "library" && origin.library.types[origin.type]?.element !== undefined))
    return act.unit.facts.language === "python" ? enumerated(act.world, value) : value;
  if (waits) act.awaiting++;
  const ran = runPending(act, value, e, true);
  if (waits) act.awaiting--;
  const what = ran.what.flatMap((origin): Origin | Origin[] => {
    const element = origin.kind === "library" ? origin.library.types[origin.type]?.element : undefined;
    if (origin.kind !== "library" || element === undefined) return origin;
    const operation = act.world.lastStatements.get(origin.site);
    const context: ResultContext = { ...contextOf(origin, ran, e), operation, most: operation?.most };
    const one = resultValue(act, element, context);
    const rows = operation === undefined ? undefined : resultValue(act, "rows", context).what[0];
    const list: Origin = rows?.kind === "array" ? rows : { kind: "array", element: unknown, size: {} };
    const read = valueOf({ ...list, element: { ...one, deps: union(one.deps, ran.deps) } });
    // The origin stays: its type may set the pace.
    return [...(origin.state === undefined ? read : withRows(act, read, origin, {}, [], e)).what, origin];
  });
  return { what, deps: ran.deps, key: ran.key };
}

/** What a unit of work kept is sent: as many statements as there are kinds of rows, however many rows. */
export function flush(act: Activation): void {
  act.cost = inSequence(act.cost, act.pending);
  act.pending = free;
}

/** Where relations are read when they are awaited, going through one without waiting is only possible when it was loaded. */
function loadedBefore(value: Value): Value {
  const loaded = (origin: Origin): boolean => origin.kind === "library" && origin.library.models?.one !== undefined && isQuery(origin);
  if (!value.what.some(loaded)) return value;
  return {
    ...value,
    what: value.what.map((origin) =>
      origin.kind === "library" && loaded(origin) ? { ...origin, state: stateWith(origin.state ?? plainState, { there: true }) } : origin,
    ),
  };
}
