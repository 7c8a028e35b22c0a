/** The tables that a part of a statement sees, and what its names mean among them. */
import { columnNamed, type Table } from "../model/schema.ts";
import { nodeOf, textOf, type Tree } from "./parse-tree.ts";

export interface Condition {
  /** "like": a pattern that may begin with anything; "null": IS NULL. */
  readonly kind: "equal" | "range" | "prefix" | "like" | "null";
  /** Exactly one of `column` and `expression` is set; both are of the table. */
  readonly column?: string;
  readonly expression?: string;
  /** The value's SQL when the statement names it. */
  readonly literal?: string;
  /** The number of the placeholder that it is compared with. */
  readonly parameter?: number;
}

export interface OrderColumn {
  readonly column: string;
  readonly order: "asc" | "desc";
  readonly nulls?: "first" | "last";
}

export interface Place {
  readonly table: Table;
  readonly alias: string;
  readonly conditions: Condition[];
  readonly arms: Condition[][];
  order: readonly OrderColumn[];
  group: readonly string[];
  limited: boolean;
  readonly columns: Set<string>;
  all: boolean;
}

export interface Scope {
  readonly places: readonly Place[];
  readonly outer: Scope | undefined;
}

export interface Resolved {
  readonly place: Place;
  readonly column: string;
}

export function resolve(node: Tree, scope: Scope): Resolved | undefined {
  const reference = nodeOf(node, "ColumnRef");
  if (reference === undefined) return undefined;
  const names = list(reference["fields"]).map((field) => nodeOf(field, "String")?.["sval"]);
  const column = names.at(-1);
  const alias = names.length > 1 ? names.at(-2) : undefined;
  if (typeof column !== "string") return undefined;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    for (const place of at.places) {
      if (alias !== undefined && place.alias !== alias) continue;
      const found = columnNamed(place.table, column);
      if (found !== undefined) return { place, column: found.name };
    }
  }
  return undefined;
}

export function sortColumn(node: Tree, scope: Scope): { place: Place; order: OrderColumn } | undefined {
  const sort = nodeOf(node, "SortBy");
  const found = sort === undefined ? undefined : resolve(sort["node"] as Tree, scope);
  if (sort === undefined || found === undefined) return undefined;
  const order = sort["sortby_dir"] === "SORTBY_DESC" ? "desc" : "asc";
  const nulls = ({ SORTBY_NULLS_FIRST: "first", SORTBY_NULLS_LAST: "last" } as const)[textOf(sort, "sortby_nulls") as "SORTBY_NULLS_FIRST"];
  const usual = order === "desc" ? "first" : "last";
  return { place: found.place, order: { column: found.column, order, ...(nulls === undefined || nulls === usual ? {} : { nulls }) } };
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
