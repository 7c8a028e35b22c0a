/** Tables as they are after a list of changes: what a database would be when the migrations had run. */
import type { SchemaChange } from "./schema-change.ts";
import { plainIndex } from "./schema-change.ts";
import type { Column, ForeignKey, Index, IndexColumn, SchemaRelation, SchemaSite, Table } from "./schema.ts";
import { plainName } from "./schema.ts";

interface State {
  schema: string | undefined;
  name: string;
  readonly models: string[];
  columns: Column[];
  /** Where each column stands, while columns are only added. */
  places?: Map<string, number> | undefined;
  primaryKey: readonly string[];
  indexes: Index[];
  foreignKeys: ForeignKey[];
  readonly relations: SchemaRelation[];
  ordering: { readonly columns: readonly IndexColumn[]; readonly site: SchemaSite } | undefined;
  site: SchemaSite | undefined;
  partial: string | undefined;
  softDelete: boolean;
  readonly dropped: (readonly string[])[];
}

export interface Applied {
  readonly tables: readonly Table[];
  readonly extensions: readonly string[];
  /** A model that stands for no table of its own may be declared more than once; later words win. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

/** Applies the changes in order. What speaks of a table that nobody made makes it, and it is known in part only. */
export function applyChanges(changes: readonly SchemaChange[]): Applied {
  const tables = new Map<string, State>();
  const enums = new Map<string, readonly string[]>();
  const extensions = new Set<string>();
  const at = (name: string): State => {
    const key = plainName(name);
    let state = tables.get(key);
    if (state === undefined) {
      state = newState(name, undefined, "its CREATE TABLE was not found");
      tables.set(key, state);
    }
    return state;
  };
  for (const change of changes) {
    if (change.kind === "enum")
      enums.set(
        plainName(change.name),
        change.adds === true ? [...(enums.get(plainName(change.name)) ?? []), ...change.values] : change.values,
      );
    else if (change.kind === "extension") extensions.add(change.name);
    else if (change.kind === "drop-table") tables.delete(plainName(change.table));
    else if (change.kind === "rename-table") renameTable(tables, change.table, change.to);
    else if (change.kind === "rename-index")
      forIndex(tables, (index) => (index.name === change.name ? { ...index, name: change.to } : index));
    else if (change.kind === "drop-index") dropIndex(tables, change);
    else if (change.kind === "table") createTable(tables, change);
    else if (change.kind === "like") {
      const other = tables.get(plainName(change.other));
      const state = at(change.table);
      if (other !== undefined)
        Object.assign(state, {
          places: undefined,
          columns: [...state.columns, ...other.columns],
          indexes: [...state.indexes, ...other.indexes],
          primaryKey: other.primaryKey,
        });
    } else applyTo(at(change.table), change);
  }
  return { tables: [...tables.values()].map((state) => tableOf(state, enums)), extensions: [...extensions], enums };
}

function newState(name: string, site: SchemaSite | undefined, partial: string | undefined): State {
  return {
    schema: undefined,
    name,
    models: [],
    columns: [],
    primaryKey: [],
    indexes: [],
    foreignKeys: [],
    relations: [],
    ordering: undefined,
    site,
    partial,
    softDelete: false,
    dropped: [],
  };
}

function createTable(tables: Map<string, State>, change: Extract<SchemaChange, { kind: "table" }>): void {
  const key = plainName(change.table);
  const before = tables.get(key);
  const state = before ?? newState(change.table, change.site, change.partial);
  if (before === undefined) tables.set(key, state);
  else if (change.partial === undefined && before.columns.length === 0) state.partial = undefined;
  state.schema ??= change.schema;
  state.site ??= change.site;
  if (change.model !== undefined && !state.models.includes(change.model)) state.models.push(change.model);
}

type OfTable = Exclude<
  SchemaChange,
  { kind: "enum" | "extension" | "drop-table" | "rename-table" | "rename-index" | "drop-index" | "table" | "like" }
>;

function applyTo(state: State, change: OfTable): void {
  switch (change.kind) {
    case "column": {
      const { name } = change.column;
      const place =
        (state.places ??= new Map(state.columns.map((column, at) => [column.name.toLowerCase(), at]))).get(name.toLowerCase()) ?? -1;
      const before = state.columns[place];
      const column: Column = { type: "", nullable: true, ...before, ...change.column, name: before?.name ?? name };
      if (place < 0) {
        state.places.set(name.toLowerCase(), state.columns.length);
        state.columns.push(column);
      } else state.columns[place] = column;
      return;
    }
    case "drop-column":
      state.places = undefined;
      state.columns = state.columns.filter((column) => !same(column.name, change.name));
      state.indexes = state.indexes.filter(
        (index) => !index.columns.some((column) => column.name !== undefined && same(column.name, change.name)),
      );
      state.foreignKeys = state.foreignKeys.filter((key) => !key.columns.some((name) => same(name, change.name)));
      return;
    case "rename-column": {
      state.places = undefined;
      const to = (name: string): string => (same(name, change.name) ? change.to : name);
      state.columns = state.columns.map((column) => ({ ...column, name: to(column.name) }));
      state.primaryKey = state.primaryKey.map(to);
      state.foreignKeys = state.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(to) }));
      state.indexes = state.indexes.map((index) => ({
        ...index,
        columns: index.columns.map((column) => (column.name === undefined ? column : { ...column, name: to(column.name) })),
      }));
      return;
    }
    case "primary-key":
      state.primaryKey = change.columns;
      state.indexes = state.indexes.filter((index) => index.origin !== "primary key");
      if (change.columns.length > 0)
        state.indexes.unshift(
          plainIndex(change.columns, { unique: true, origin: "primary key", ...(change.name === undefined ? {} : { name: change.name }) }),
        );
      return;
    case "index":
      if (change.index.name !== undefined) state.indexes = state.indexes.filter((index) => index.name !== change.index.name);
      state.indexes.push(change.index);
      return;
    case "foreign-key":
      if (change.key.name !== undefined) state.foreignKeys = state.foreignKeys.filter((key) => key.name !== change.key.name);
      state.foreignKeys.push(change.key);
      return;
    case "ordering":
      state.ordering = change;
      return;
    case "soft-delete":
      state.softDelete = true;
      return;
    case "relation":
      state.relations.push(change.relation);
  }
}

function renameTable(tables: Map<string, State>, from: string, to: string): void {
  const state = tables.get(plainName(from));
  if (state === undefined) return;
  tables.delete(plainName(from));
  state.name = to;
  tables.set(plainName(to), state);
  for (const other of tables.values())
    other.foreignKeys = other.foreignKeys.map((key) => (same(key.table, from) ? { ...key, table: to } : key));
}

function dropIndex(tables: Map<string, State>, change: Extract<SchemaChange, { kind: "drop-index" }>): void {
  for (const state of tables.values()) {
    if (change.table !== undefined && plainName(state.name) !== plainName(change.table)) continue;
    const kept = state.indexes.filter((index) => !isMeant(state.name, index, change));
    if (change.replaced !== true) state.dropped.push(...state.indexes.filter((index) => !kept.includes(index)).map(columnsOf));
    state.indexes = kept;
    if (change.name !== undefined) state.foreignKeys = state.foreignKeys.filter((key) => key.name !== change.name);
  }
}

function isMeant(table: string, index: Index, change: Extract<SchemaChange, { kind: "drop-index" }>): boolean {
  if (change.unnamed === true && index.name !== undefined) return false;
  if (change.name !== undefined)
    return index.name === undefined ? usualNames(table, index).has(change.name.toLowerCase()) : index.name === change.name;
  return change.columns !== undefined && index.origin !== "primary key" && equal(columnsOf(index), change.columns);
}

/** What servers and ORMs call an index that nobody named. */
function usualNames(table: string, index: Index): ReadonlySet<string> {
  const columns = columnsOf(index).join("_");
  const snake = `${table}_${columns}`.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2");
  const names = [
    `${table}_${columns}_key`,
    `${table}_${columns}_idx`,
    `${table}_pkey`,
    columns,
    `${table}_${columns}`,
    snake,
    `${table}_${columns}_unique`,
    `${table}_${columns}_uk`,
    `${table}_${columns}_index`,
  ];
  return new Set(names.map((name) => name.toLowerCase()).filter((name) => index.origin === "primary key" || !name.endsWith("_pkey")));
}

function forIndex(tables: Map<string, State>, change: (index: Index) => Index): void {
  for (const state of tables.values()) state.indexes = state.indexes.map(change);
}

function tableOf(state: State, enums: ReadonlyMap<string, readonly string[]>): Table {
  const columns = state.columns.map((column) => {
    const values = column.values ?? enums.get(plainName(column.type));
    const known = values === undefined ? column : { ...column, values };
    return state.primaryKey.some((name) => same(name, column.name)) ? { ...known, nullable: false } : known;
  });
  return {
    ...(state.schema === undefined ? {} : { schema: state.schema }),
    name: state.name,
    models: state.models,
    columns,
    primaryKey: state.primaryKey,
    uniques: state.indexes.filter((index) => index.unique && index.where === undefined).map(columnsOf),
    indexes: distinct(state.indexes),
    foreignKeys: state.foreignKeys,
    relations: state.relations,
    ...(state.ordering === undefined ? {} : { ordering: state.ordering.columns, orderingSite: state.ordering.site }),
    ...(state.dropped.length === 0 ? {} : { dropped: state.dropped }),
    ...(state.softDelete ? { softDelete: true } : {}),
    ...(state.site === undefined ? {} : { site: state.site }),
    ...(state.partial === undefined ? {} : { partial: state.partial }),
  };
}

/** Migrations of different tools, or the same index under two names in a retry, say one thing twice. */
function distinct(indexes: readonly Index[]): readonly Index[] {
  const seen = new Set<string>();
  return indexes.filter((index) => {
    const key = `${index.name ?? ""}|${indexKey(index)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Equal for indexes that are the same but for their names. */
export function indexKey(index: Index): string {
  const columns = index.columns.map(({ name, expression, order, nulls, opclass }) =>
    [name ?? `(${expression ?? ""})`, order, nulls ?? "", opclass ?? ""].join(" ").toLowerCase(),
  );
  return [index.method, index.unique ? "unique" : "", columns.join(","), index.where ?? "", [...index.include].sort().join(",")].join("|");
}

/** The names of an index's columns; "" for an expression. */
export function columnsOf(index: Index): readonly string[] {
  return index.columns.map((column) => column.name ?? "");
}

function same(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, place) => same(name, b[place] ?? ""));
}
