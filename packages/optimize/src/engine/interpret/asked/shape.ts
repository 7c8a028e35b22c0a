/** What a call adds to what a statement asks. Kept small: drafts are many. */
import type { EffectSpec } from "../../../model/effect.ts";
import type { QueryShape } from "../../../model/query-shape.ts";
import { withMore } from "../../../model/query-shape.ts";
import type { Asked, Draft, LibraryOrigin } from "../drafts.ts";
import { at } from "../drafts.ts";
import { constantOf, truthiness } from "../value.ts";
import { expressionFilter, expressionSort } from "./expression-filter.ts";
import { keywordFilter } from "./keyword-filter.ts";
import { objectFilter } from "./object-filter.ts";
import { pairFilter, pairSort } from "./pair-filter.ts";
import { sortOf, sortOfArguments } from "./sorts.ts";

/** A query that a relation of a row gave asks for the rows that lead back to it. */
export function ofOwner(draft: Draft, origin: LibraryOrigin | undefined): Draft {
  const owner = origin?.owner;
  if (owner === undefined || draft.shape !== undefined || !draft.spec.kind.startsWith("db-")) return draft;
  return { ...draft, shape: withMore(undefined, { conditions: [{ column: owner.name, by: "equal" }] }) };
}

export function shapeAfter(draft: Draft, spec: Partial<EffectSpec>, asked: Asked): QueryShape | undefined {
  if (!draft.spec.kind.startsWith("db-")) return undefined;
  let { shape } = draft;
  if (spec.relation !== undefined || asked.receiver?.narrowed === true) shape = withMore(shape, { open: true });
  const more = filterOf(spec, asked);
  if (more !== undefined) shape = withMore(shape, more);
  const sorted = sortIn(spec, asked);
  if (sorted !== undefined) shape = withMore(shape, sorted);
  const skipped = spec.skip?.map((where) => at(asked, where)).find((value) => value !== undefined);
  if (skipped !== undefined) {
    const constant = constantOf(skipped)?.value;
    if (typeof constant === "number" || constant !== undefined || constantOf(skipped) === undefined)
      shape = withMore(shape, { offset: typeof constant === "number" ? constant : "given" });
  }
  const forced = spec.force === undefined ? undefined : at(asked, spec.force);
  if (forced !== undefined && truthiness(forced) !== false) shape = withMore(shape, { force: true });
  const makes = spec.makesMissing;
  const made = typeof makes === "object" ? at(asked, makes) : undefined;
  if (makes === true || (made !== undefined && truthiness(made) === true)) shape = withMore(shape, { makes: true });
  return shape;
}

function filterOf(spec: Partial<EffectSpec>, asked: Asked): Partial<QueryShape> | undefined {
  const given = asked.e.kind === "call" ? asked.e.args : [];
  switch (spec.where) {
    case "keywords":
      return keywordFilter(asked.args, given);
    case "excluded":
      return undefined;
    case "pair":
      return pairFilter(asked.member, asked.args);
    case "expressions":
      return given.some((one) => one.spread) ? { open: true } : mixed(asked, given);
    default: {
      if (spec.filter === undefined || spec.filter.length === 0) return undefined;
      const value = spec.filter.map((where) => at(asked, where)).find((one) => one !== undefined);
      if (value !== undefined) return objectFilter(value);
      // Options that cannot be seen may hold a filter.
      const options = asked.args[spec.filter[0]?.arg ?? 0];
      const hidden =
        options !== undefined &&
        (options.what.length === 0 ||
          options.what.some((origin) => origin.kind === "object" && (!origin.object.literal || origin.object.rest !== undefined)));
      return hidden ? { open: true } : undefined;
    }
  }
}

/** `where(User.a == 1)` as well as `filter_by(a=1)`. */
function mixed(asked: Asked, given: Extract<Asked["e"], { kind: "call" }>["args"]): Partial<QueryShape> {
  const named = given.filter((one) => one.name !== undefined);
  const plain = expressionFilter(given.filter((one) => one.name === undefined).map((one) => one.value));
  if (named.length === 0) return plain;
  const keywords = keywordFilter(asked.args, named);
  return { ...plain, conditions: [...plain.conditions, ...keywords.conditions], open: plain.open || keywords.open };
}

function sortIn(spec: Partial<EffectSpec>, asked: Asked): Partial<QueryShape> | undefined {
  const { sort } = spec;
  if (sort === undefined) return undefined;
  if (sort === "arguments") return sortOfArguments(asked.args);
  if (sort === "pair") return pairSort(asked.args);
  if (sort === "expressions") return asked.e.kind === "call" ? expressionSort(asked.e.args.map((one) => one.value)) : undefined;
  const value = sort.map((where) => at(asked, where)).find((one) => one !== undefined);
  return value === undefined || (constantOf(value) !== undefined && constantOf(value)?.value === undefined) ? undefined : sortOf(value);
}
