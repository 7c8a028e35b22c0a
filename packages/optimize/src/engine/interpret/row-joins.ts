/** Queries and rows of two branches, and what tells them apart as arguments. */
import { union } from "./deps.ts";
import { joinStates } from "./row-state.ts";
import type { ClassRef, Origin } from "./value.ts";

type LibraryOrigin = Extract<Origin, { kind: "library" }>;

/** Two queries of one model, or two of its rows: one value stands for both. */
export function sameRows(a: LibraryOrigin, b: LibraryOrigin): boolean {
  return a.state !== undefined && b.state !== undefined && a.model === b.model && (a.draft === undefined) === (b.draft === undefined);
}

/** What comes with the rows of one of them may come with those of the other: the fix is there. */
export function mergeRows(a: LibraryOrigin, b: LibraryOrigin): Origin {
  if (a.state === undefined || b.state === undefined) return a;
  if (a.state.none) return b;
  if (b.state.none) return a;
  const state = joinStates(a.state, b.state);
  const queries = a.queries === b.queries ? a.queries : [...new Set([...(a.queries ?? []), ...(b.queries ?? [])])];
  const draft =
    a.draft === undefined || b.draft === undefined || a.draft === b.draft
      ? a.draft
      : { ...b.draft, deps: union(a.draft.deps, b.draft.deps), values: union(a.draft.values, b.draft.values), asked: undefined };
  return { ...a, draft, state, queries, owner: a.owner?.name === b.owner?.name ? a.owner : undefined, built: b.built ?? a.built };
}

/** The part of a key that says what the rows are and what comes with them. */
export function rowsKey({ model, state, queries, owner }: LibraryOrigin): string {
  const adds = queries === undefined || queries.length === 0 ? "" : `+${queries.map(classKey).join("+")}`;
  return `|${model === undefined ? "" : classKey(model)}#${state?.id ?? ""}${adds}${owner === undefined ? "" : `<${owner.name}`}`;
}

function classKey(ref: ClassRef): string {
  return `${ref.unit.index}:${ref.facts.id}`;
}
