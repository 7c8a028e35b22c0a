/** Which single row a read asks for. */
import type { EffectSpec, Where } from "../../model/effect.ts";
import type { Asked, Draft } from "./drafts.ts";
import { at } from "./drafts.ts";
import type { Value } from "./value.ts";

/** One condition says which single row is meant: what else the call says is which of its columns are wanted. */
export function rowKey({ library, table }: Draft, spec: EffectSpec, asked: Asked): string | undefined {
  if (spec.kind !== "db-read" || spec.list === true || spec.count === true || table === undefined) return undefined;
  const [filter, ...others] = valuesAt(asked, spec.filter ?? []);
  // The first of several rows, in whatever order.
  const sorted = typeof spec.sort === "string" || valuesAt(asked, [...(spec.sort ?? []), ...(spec.skip ?? [])]).length > 0;
  return sorted || others.length > 0 || filter?.key === undefined ? undefined : `${library}.${table} ${filter.key}`;
}

function valuesAt(asked: Asked, wheres: readonly Where[]): readonly Value[] {
  return wheres.flatMap((where) => at(asked, where) ?? []);
}
