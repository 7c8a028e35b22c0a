/** What the calls of a query change in what is known of its rows. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { MethodSpec } from "../../model/library.ts";
import type { Place } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import { basesOf } from "./classes.ts";
import type { Draft } from "./drafts.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { chainedPaths, eagerPaths, laterPaths } from "./row-eager.ts";
import type { RowState } from "./row-state.ts";
import { everything, plainState, stateWith, withEager, withLater } from "./row-state.ts";
import { isRowType } from "./schema.ts";
import type { Origin, Value } from "./value.ts";
import { arrayIn, constantOf, unknown } from "./value.ts";
import { placeOfClass } from "./written.ts";

/** A query of a library whose rows have relations. */
export function isQuery(origin: Origin): origin is LibraryOrigin {
  return origin.kind === "library" && asksRows(origin);
}

function asksRows(origin: LibraryOrigin): boolean {
  return origin.library.models !== undefined && origin.library.types[origin.type]?.lazy !== undefined;
}

export function isRow(origin: Origin): origin is LibraryOrigin {
  return origin.kind === "library" && isRowType(origin.library, origin.type);
}

/** The rows are there already, or there are none: the call asks nothing. */
export function isFree(origin: LibraryOrigin | undefined, spec: MethodSpec): boolean {
  const state = origin?.state;
  return state !== undefined && (state.none || (state.there && spec.rows?.keeps === true));
}

/** The state after a call. */
export function stateAfter(origin: LibraryOrigin, spec: MethodSpec, args: readonly Value[]): RowState {
  const { rows } = spec;
  let state = origin.state ?? plainState;
  if (rows?.keeps !== true && state.there) state = stateWith(state, { there: false });
  if (rows === undefined) return state;
  if (rows.none === true) return stateWith(state, { none: true });
  if (rows.plain === true) return stateWith(state, { plain: true });
  if (rows.eager === "all") return withEager(state, [everything]);
  if (rows.eager === "arguments" && isChained(origin, spec)) {
    const { paths, end } = chainedPaths(origin.library, args, state.path);
    return stateWith(loaded(state, paths, rows.by, args), { path: end });
  }
  if (rows.eager !== undefined) {
    if (rows.eager === "keys" && args.length === 0) return withEager(state, ["*"]);
    // `select_related(None)` takes back what was said before.
    if (args.length === 1 && constantOf(args[0] as Value)?.value === null) return stateWith(state, { eager: [], later: [] });
    return loaded(state, eagerPaths(origin.library, args), rows.by, args);
  }
  return state;
}

/** The state with the paths: each by a statement of its own, or as the options among the arguments say. */
function loaded(state: RowState, paths: readonly string[], by: "statement" | undefined, args: readonly Value[]): RowState {
  if (by === "statement" && laterPaths(args, "").length === 0) return withLater(state, paths);
  const later = laterPaths(args, state.path);
  const joined = paths.filter((path) => !later.includes(path));
  return withLater(withEager(state, joined), later);
}

/** The call makes or lengthens an option. */
function isChained(origin: LibraryOrigin, { returns }: MethodSpec): boolean {
  const { types } = origin.library;
  return (
    types[origin.type]?.holds === "paths" || (typeof returns === "object" && "type" in returns && types[returns.type]?.holds === "paths")
  );
}

/** The call names the operation: the first of the chain, and those that change what is done. The others only modify it. */
export function saysWhat(origin: LibraryOrigin | undefined, spec: MethodSpec): boolean {
  const { sets } = spec;
  return (
    origin?.draft === undefined ||
    (sets !== undefined && (sets.kind !== undefined || sets.list !== undefined || sets.count !== undefined || sets.sql !== undefined))
  );
}

/** A relation that is asked further than for all its rows (`author.books.filter(…)`): loading it beforehand does not spare that. */
export function asksFurther(draft: Draft, spec: MethodSpec): Draft {
  if (draft.spec.lazy === undefined || draft.spec.lazy === "query" || spec.rows?.keeps === true || spec.rows?.eager !== undefined)
    return draft;
  return { ...draft, spec: { ...draft.spec, lazy: "query" } };
}

/** Gives what a call answered the receiver's model, and the state that the call leaves. */
export function withRows(
  act: Activation,
  value: Value,
  origin: LibraryOrigin,
  spec: MethodSpec,
  args: readonly Value[],
  e: Expression,
): Value {
  const state = stateAfter(origin, spec, args);
  return {
    ...value,
    what: value.what.map((one) => {
      const rows = rowsOf(act, one, origin, spec.rows?.made === true ? stateWith(state, { made: true }) : state, spec, e, true);
      // `in_bulk(keys)`: as many as there are keys.
      const keys = rows.kind === "map" && spec.rows?.byKey === true ? arrayIn(args[0] ?? unknown) : undefined;
      return rows.kind === "map" && keys !== undefined ? { ...rows, size: keys.size } : rows;
    }),
  };
}

function rowsOf(
  act: Activation,
  one: Origin,
  origin: LibraryOrigin,
  state: RowState,
  spec: MethodSpec,
  e: Expression,
  single: boolean,
): Origin {
  const inside = (value: Value, how: MethodSpec, alone = false): Value => ({
    ...value,
    what: value.what.map((inner) => rowsOf(act, inner, origin, state, how, e, alone)),
  });
  if (one.kind === "array" && spec.rows?.byKey === true) return { kind: "map", value: inside(one.element, {}), size: one.size };
  if (one.kind === "array")
    return { ...one, element: inside(one.element, spec), elements: one.elements?.map((inner) => inside(inner, spec, true)) };
  if (one.kind === "promise") return { ...one, value: inside(one.value, spec, single) };
  if (one.kind !== "library" || one.library !== origin.library) return one;
  const { model, queries, owner } = origin;
  if (isRowType(one.library, one.type))
    return {
      ...one,
      model: one.model ?? model,
      state: stateWith(state, { there: false, single: single || state.single, stored: true }),
      owner,
      built: origin.built ?? act.place(e),
    };
  // A result that holds rows knows what they are; an option what it loads.
  if (one.library.types[one.type]?.holds !== undefined) return { ...one, model: one.model ?? model, state, owner, built: origin.built };
  if (!asksRows(one)) return one;
  const built = placeOfClass(act, origin.built) ?? act.place(e);
  const asked = one.draft === undefined ? undefined : asksFurther(one.draft, spec);
  const draft =
    one.draft === undefined || asked === undefined
      ? undefined
      : {
          ...asked,
          builtAt: built,
          later: state.plain ? 0 : state.later.length,
          // Of two queries of unknown tables nobody knows whether they ask the same.
          asked: one.table === undefined ? undefined : one.draft.asked,
        };
  // A query of its own: from here on its rows are the ones that something is loaded with.
  const from = asked === one.draft ? state : stateWith(state, { path: "" });
  return { ...one, model: one.model ?? model, state: from, queries: one.queries ?? queries, owner: one.owner ?? owner, built, draft };
}

/** The place is in a class nearer to the instance than the one whose code runs: the override says what is asked, its base only asks. */
function isBelow(act: Activation, place: Place | undefined): boolean {
  const { home, self } = act;
  if (home === undefined || place === undefined) return false;
  return self.what.some((origin) => {
    if (origin.kind !== "instance" && origin.kind !== "class") return false;
    const { project } = basesOf(act.world, origin.ref);
    const own = project.findIndex((ref) => ref.unit.facts.file === place.file && place.at >= ref.facts.at && place.at < ref.facts.end);
    return own >= 0 && own < project.indexOf(home);
  });
}

/** The query came back from a function of the project: the call is the last link of its chain here. */
export function builtHere(act: Activation, value: Value, e: Expression): Value {
  if (!value.what.some((one) => isQuery(one) && one.state !== undefined)) return value;
  const what = value.what.map((one) => {
    if (!isQuery(one) || one.state === undefined) return one;
    const built = placeOfClass(act, one.built) ?? (isBelow(act, one.built) ? one.built : act.place(e));
    return { ...one, built, draft: one.draft === undefined ? undefined : { ...one.draft, builtAt: built } };
  });
  return { ...value, what };
}
