/** Which indexes answer what is asked: the algebra of leading columns. */
import { columnsOf } from "../../model/schema-state.ts";
import type { Column, Index, IndexColumn, Table } from "../../model/schema.ts";

/** The server can look a value up in it: whole, and sorted or hashed. */
function isSearchable(index: Index): boolean {
  return index.where === undefined && (index.method === "btree" || index.method === "hash" || index.method === "");
}

/** An index begins with one of these columns: rows with a value of it are found without reading the others. */
export function indexLeadingWith(table: Table, columns: readonly string[]): Index | undefined {
  const wanted = new Set(columns.map((name) => name.toLowerCase()));
  return table.indexes.find((index) => isSearchable(index) && wanted.has((columnsOf(index)[0] ?? "").toLowerCase()));
}

/**
 * A partial index that begins with one of the columns that are searched, where the statement says something of every column that its condition
 * names: it may be meant for just this. Statements on a table that marks what is removed leave the marked rows out by themselves.
 */
export function partialFor(table: Table, searched: readonly string[], asked: readonly string[]): Index | undefined {
  const wanted = new Set(searched.map((name) => name.toLowerCase()));
  const known = new Set(asked.map((name) => name.toLowerCase()));
  return table.indexes.find(({ where, columns }) => {
    if (where === undefined || !wanted.has((columns[0]?.name ?? "").toLowerCase())) return false;
    const words = new Set(where.toLowerCase().match(/\w+/g));
    const named = table.columns.filter(({ name }) => words.has(name.toLowerCase()));
    return named.every((column) => known.has(column.name.toLowerCase()) || isMark(table, column, where));
  });
}

/** The condition that the column is NULL, on a moment that a table of marked rows has: no row is marked. */
function isMark({ softDelete }: Table, { name, type, nullable }: Column, where: string): boolean {
  return (
    softDelete === true &&
    nullable &&
    /^(?:timestamp|datetime|date)/.test(type) &&
    where
      .toLowerCase()
      .replaceAll(/["`()[\]]/g, "")
      .includes(`${name.toLowerCase()} is null`)
  );
}

/** A migration took away an index that began with one of them. */
export function wasDropped(table: Table, columns: readonly string[]): boolean {
  const wanted = new Set(columns.map((name) => name.toLowerCase()));
  return table.dropped?.some(([first = ""]) => wanted.has(first.toLowerCase())) === true;
}

/** The first columns of an index are these, in any order. */
export function coveredByPrefix(table: Table, columns: readonly string[]): Index | undefined {
  const wanted = new Set(columns.map((name) => name.toLowerCase()));
  return table.indexes.find(
    (index) =>
      isSearchable(index) &&
      columnsOf(index)
        .slice(0, wanted.size)
        .every((name) => wanted.has(name.toLowerCase())) &&
      index.columns.length >= wanted.size,
  );
}

/** An index gives the rows of these equal columns in this order, forwards or backwards. */
export function indexForOrder(table: Table, equal: readonly string[], order: readonly IndexColumn[]): Index | undefined {
  const fixed = new Set(equal.map((name) => name.toLowerCase()));
  const first = order.find(({ name }) => name !== undefined && !fixed.has(name.toLowerCase()));
  if (first === undefined) return table.indexes[0];
  return table.indexes.find((index) => {
    if (index.where !== undefined || index.method !== "btree") return false;
    let place = 0;
    while (place < index.columns.length && fixed.has((index.columns[place]?.name ?? "").toLowerCase())) place++;
    // The first column of the order is what matters: what follows sorts few rows at a time.
    return (index.columns[place]?.name ?? "").toLowerCase() === (first.name ?? "").toLowerCase();
  });
}

/** The column has few values: an index on it alone leaves too many rows. */
export function isCoarse(column: Column): boolean {
  if (column.values !== undefined) return true;
  const { type } = column;
  if (/^(?:bool|enum|tinyint\(1\)|bit\b)/.test(type)) return true;
  return false;
}

/** Whether an index can be searched by it at all. */
export function isIndexable({ type }: Column): boolean {
  return (
    !/^(?:json|jsonb|xml|bytea|(?:long|medium|tiny)?blob|point|polygon|geometry|geography|tsvector|hstore)/.test(type) &&
    !type.endsWith("[]")
  );
}
