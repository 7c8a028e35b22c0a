/** Indexes that may serve a statement: orders of its conditions, with the direction of its order, partial, of expressions, with columns included, of trigrams. */
import type { Index, IndexColumn, Table } from "../model/schema.ts";
import type { TableUse } from "./query-shape.ts";
import type { Condition, OrderColumn } from "./scope.ts";

export interface Candidate {
  readonly table: Table;
  readonly index: Index;
}

/** Columns of an index before those that are included. */
const widest = 3;
/** Equal conditions of which every order is tried. */
const mostPermuted = 4;
const mostIncluded = 3;

/** Candidates of all uses, each once, in a stable order; what an existing index serves already is left out. */
export function candidatesOf(uses: readonly TableUse[]): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const use of uses)
    for (const index of indexesFor(use)) {
      const key = `${use.table.schema ?? ""}.${use.table.name}:${indexKey(index)}`;
      if (!found.has(key) && !use.table.indexes.some((one) => serves(one, index))) found.set(key, { table: use.table, index });
    }
  return [...found.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, candidate]) => candidate);
}

/** What makes two indexes the same. */
export function indexKey(index: Index): string {
  const columns = index.columns.map((one) => `${one.name ?? one.expression}${one.opclass ?? ""} ${one.order}${one.nulls ?? ""}`);
  return `${index.method}(${columns.join(",")}) ${index.include.toSorted().join(",")} ${index.where ?? ""}`;
}

/** An existing index that does all that the other would: its columns begin with the other's, it is as whole, and it holds the included ones. */
export function serves(existing: Index, wanted: Index): boolean {
  if (existing.method !== wanted.method || (existing.where ?? "") !== (wanted.where ?? "")) return false;
  const same = (a: IndexColumn | undefined, b: IndexColumn): boolean =>
    a !== undefined &&
    (a.name ?? a.expression) === (b.name ?? b.expression) &&
    a.order === b.order &&
    (a.opclass ?? "") === (b.opclass ?? "");
  if (!wanted.columns.every((column, place) => same(existing.columns[place], column))) return false;
  const held = new Set([...existing.columns.map((column) => column.name), ...existing.include]);
  return wanted.include.every((name) => held.has(name));
}

function indexesFor(use: TableUse): Index[] {
  return use.arms.flatMap((arm) => [...plain(arm, use), ...partial(arm, use), ...patterns(arm, use.table)]);
}

function plain(arm: readonly Condition[], use: TableUse): Index[] {
  const equal = unique(arm.filter((one) => one.kind === "equal" || one.kind === "null").map(columnOf));
  const range = unique(arm.filter((one) => one.kind === "range" || one.kind === "prefix").map(columnOf));
  const named = (column: IndexColumn): string => column.name ?? column.expression ?? "";
  const ends: IndexColumn[][] = [...range.map((column) => [column]), ...(use.order.length > 0 ? [use.order.map(orderColumn)] : [])];
  if (use.group.length > 0) ends.push(use.group.map((name) => ({ name, order: "asc" as const })));
  const keys: IndexColumn[][] = [...equal.map((column) => [column]), ...ends];
  for (const first of [...equal, ...range])
    for (const second of [...equal, ...range]) if (named(first) !== named(second)) keys.push([first, second]);
  const orders = equal.length <= mostPermuted ? permutations(equal, widest - 1) : [equal.slice(0, widest - 1)];
  for (const head of orders)
    for (const end of ends) keys.push([...head, ...end.filter((column) => !head.some((one) => named(one) === named(column)))]);
  for (const head of equal.length <= mostPermuted ? permutations(equal, widest) : [equal.slice(0, widest)]) keys.push(head);
  const indexes = keys.filter((columns) => columns.length > 0).map((columns) => btree(columns));
  return [...indexes, ...indexes.flatMap((index) => covering(index, use))];
}

/** With the columns that the statement reads besides: the table need not be looked at. */
function covering(index: Index, use: TableUse): Index[] {
  if (use.columns === undefined || index.columns.some((column) => column.name === undefined)) return [];
  const missing = [...use.columns].filter((name) => !index.columns.some((column) => column.name === name)).toSorted();
  const narrow = missing.every((name) => {
    const type = use.table.columns.find((column) => column.name === name)?.type ?? "text";
    return !/^(?:text|json|jsonb|bytea|xml|tsvector)|\[\d*\]$/.test(type);
  });
  return missing.length > 0 && missing.length <= mostIncluded && narrow ? [{ ...index, include: missing }] : [];
}

/** Only the rows that the statement's constant asks for; whether they are few is for the planner to say. */
function partial(arm: readonly Condition[], use: TableUse): Index[] {
  const constant = arm.filter(
    (one) => one.column !== undefined && (one.kind === "null" || (one.kind === "equal" && one.literal !== undefined)),
  );
  const found: Index[] = [];
  for (const fixed of constant) {
    const rest = unique(arm.filter((one) => one.column !== fixed.column && one.kind !== "like").map(columnOf));
    const order = use.order.filter((one) => one.column !== fixed.column).map(orderColumn);
    const where = whereOf(fixed);
    const keys = [...rest.map((column) => [column]), ...(order.length > 0 ? [order] : [])];
    const equal = unique(arm.filter((one) => one.kind === "equal" && one.column !== fixed.column).map(columnOf));
    for (const column of equal) if (order.length > 0) keys.push([column, ...order.filter((one) => one.name !== column.name)]);
    for (const columns of keys) found.push({ ...btree(columns), where });
  }
  // All constants together, in the statement's order.
  if (constant.length > 1 && use.order.length > 0)
    found.push({ ...btree(use.order.map(orderColumn)), where: constant.map(whereOf).join(" AND ") });
  return found;
}

function whereOf(condition: Condition): string {
  const name = `"${(condition.column ?? "").replaceAll('"', '""')}"`;
  return condition.kind === "null" ? `${name} IS NULL` : condition.literal === "true" ? name : `${name} = ${condition.literal}`;
}

/** Trigrams find a pattern that begins with anything. */
function patterns(arm: readonly Condition[], table: Table): Index[] {
  return arm
    .filter((one) => one.kind === "like" && one.column !== undefined && isText(table, one.column))
    .map((one) => ({ ...btree([{ name: one.column ?? "", order: "asc", opclass: "gin_trgm_ops" }]), method: "gin" }));
}

function isText(table: Table, name: string): boolean {
  const type = table.columns.find((column) => column.name === name)?.type ?? "";
  return /^(?:text|(?:var)?char|character)/.test(type);
}

function btree(columns: readonly IndexColumn[]): Index {
  return { columns: columns.slice(0, 4), unique: false, method: "btree", include: [], origin: "declared" };
}

function columnOf(condition: Condition): IndexColumn {
  return condition.expression === undefined
    ? { name: condition.column ?? "", order: "asc" }
    : { expression: condition.expression, order: "asc" };
}

function orderColumn({ column, order, nulls }: OrderColumn): IndexColumn {
  return { name: column, order, ...(nulls === undefined ? {} : { nulls }) };
}

function unique(columns: readonly IndexColumn[]): IndexColumn[] {
  return [...new Map(columns.map((column) => [column.name ?? column.expression ?? "", column])).values()];
}

/** Orders of two and more of the items, at most `length` of them; one order of none. */
function permutations(items: readonly IndexColumn[], length: number): IndexColumn[][] {
  const found: IndexColumn[][] = [];
  const extend = (chosen: readonly IndexColumn[]): void => {
    if (chosen.length > 0) found.push([...chosen]);
    if (chosen.length === length) return;
    for (const item of items) if (!chosen.includes(item)) extend([...chosen, item]);
  };
  extend([]);
  return found;
}
