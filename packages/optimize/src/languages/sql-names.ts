/** What both SQL parsers' trees need: safe access, names of tables, names of aggregates. */
export { tableName } from "./sql-tables.ts";

export type TreeNode = Readonly<Record<string, unknown>>;

export function asNode(value: unknown): TreeNode | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as TreeNode) : undefined;
}

export function asNodes(value: unknown): readonly TreeNode[] {
  return Array.isArray(value) ? value.map(asNode).filter((item) => item !== undefined) : [];
}

/** "" for what is no text. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

const scalarAggregates = new Set([
  "count",
  "sum",
  "min",
  "max",
  "avg",
  "bool_or",
  "bool_and",
  "every",
  "bit_and",
  "bit_or",
  "stddev",
  "stddev_pop",
  "stddev_samp",
  "variance",
  "var_pop",
  "var_samp",
  "total",
  "mode",
  "percentile_cont",
  "percentile_disc",
  "corr",
  "any_value",
  "count_big",
]);
const collectingAggregates = new Set([
  "array_agg",
  "json_agg",
  "jsonb_agg",
  "json_object_agg",
  "jsonb_object_agg",
  "string_agg",
  "group_concat",
  "json_arrayagg",
  "json_objectagg",
  "json_group_array",
  "json_group_object",
  "xmlagg",
  "listagg",
]);

/** scalar: one small value of many rows; collects: one value that holds them all. */
export function isAggregate(name: string): "scalar" | "collects" | undefined {
  const lower = name.toLowerCase();
  if (scalarAggregates.has(lower)) return "scalar";
  return collectingAggregates.has(lower) ? "collects" : undefined;
}
