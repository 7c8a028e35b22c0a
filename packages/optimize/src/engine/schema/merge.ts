/** Parts that speak of one database become one schema: the union of what they say, and where they disagree. */
import type { SchemaPart } from "../../model/schema-change.ts";
import { plainIndex } from "../../model/schema-change.ts";
import { applyChanges, columnsOf, indexKey } from "../../model/schema-state.ts";
import type { Applied } from "../../model/schema-state.ts";
import type { Column, Dialect, ForeignKey, Index, Schema, Table } from "../../model/schema.ts";
import { plainName } from "../../model/schema.ts";
import { blockingIn } from "./blocking.ts";
import { driftOf } from "./drift.ts";
import { withKeyTypes } from "./key-types.ts";

export interface AppliedPart {
  readonly part: SchemaPart;
  readonly applied: Applied;
}

/** What one application's models say is one database; migrations and SQL belong to the models, or to the SQL, whose tables they share most. */
export function mergeParts(parts: readonly SchemaPart[]): readonly Schema[] {
  const all = parts.map((part): AppliedPart => ({ part, applied: applyChanges(part.changes) }));
  const groups = all.filter(({ part }) => part.kind === "models").map((one) => [one]);
  for (const own of all) {
    if (own.part.kind === "models") continue;
    const [best] = groups.map((group) => ({ group, share: closeness(own, group) })).sort((a, b) => b.share - a.share);
    if (best !== undefined && best.share > 0) best.group.push(own);
    else groups.push([own]);
  }
  return groups.map(schemaOf);
}

/** 0 when less than half of the smaller one's tables are shared; nearer folders decide between equals. */
function closeness(own: AppliedPart, group: readonly AppliedPart[]): number {
  const names = new Set(group.flatMap(({ applied }) => applied.tables.map((table) => plainName(table.name))));
  const { tables } = own.applied;
  const dialect = group.map(({ part }) => part.dialect).find((one) => one !== "unknown") ?? "unknown";
  if (dialect !== own.part.dialect && dialect !== "unknown" && own.part.dialect !== "unknown") return 0;
  const shared = tables.filter((table) => names.has(plainName(table.name))).length;
  if (shared === 0 || shared * 2 < Math.min(names.size, tables.length)) return 0;
  const near = Math.max(...group.map(({ part }) => common(part.folder, own.part.folder)));
  return shared / (names.size + tables.length - shared) + near;
}

/** How many folders two paths share. */
function common(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  let count = 0;
  while (count < left.length && count < right.length && left[count] === right[count] && left[count] !== "") count++;
  return count;
}

function schemaOf(group: readonly AppliedPart[]): Schema {
  // Models name columns as code does; migrations know what the database has.
  const ordered = [...group].sort((a, b) => rank(a.part) - rank(b.part));
  const dialect = ordered.map(({ part }) => part.dialect).find((one) => one !== "unknown") ?? "unknown";
  const tables = new Map<string, Table>();
  for (const { part, applied } of ordered)
    for (const table of applied.tables) {
      const key = plainName(table.name);
      const before = tables.get(key);
      tables.set(key, before === undefined ? table : united(before, table, part.kind !== "models"));
    }
  const enums = new Map(ordered.flatMap(({ applied }) => [...applied.enums]));
  return {
    dialect,
    name: ordered[0]?.part.folder ?? "",
    tables: withKeyTypes([...tables.values()].map((table) => finished(table, dialect, enums))).toSorted((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
    ),
    extensions: [...new Set(ordered.flatMap(({ applied }) => applied.extensions))].sort(),
    drift: driftOf(ordered),
    ...blockingIn(
      ordered.map(({ part }) => part),
      dialect,
    ),
    unknown: ordered.flatMap(({ part }) => part.unknown),
    sources: ordered.map(({ part, applied }) => ({ by: part.by, kind: part.kind, files: part.files, tables: applied.tables.length })),
  };
}

function rank({ kind }: SchemaPart): number {
  return ["models", "migrations", "sql", "dump", "export"].indexOf(kind);
}

function united(a: Table, b: Table, isDatabase: boolean): Table {
  const columns = a.columns.map((column) => {
    const other = b.columns.find((one) => same(one.name, column.name));
    return other === undefined ? column : unitedColumn(column, other);
  });
  const more = b.columns.filter((column) => !a.columns.some((one) => same(one.name, column.name)));
  const partial = a.partial === undefined ? undefined : b.partial;
  const { partial: _, ...rest } = { ...b, ...a };
  return {
    ...rest,
    models: [...new Set([...a.models, ...b.models])],
    columns: [...columns, ...more],
    primaryKey: a.primaryKey.length > 0 ? a.primaryKey : b.primaryKey,
    uniques: [...a.uniques, ...b.uniques.filter((names) => !a.uniques.some((one) => one.join() === names.join()))],
    indexes: unitedIndexes(a.indexes, b.indexes),
    foreignKeys: unitedKeys(a.foreignKeys, b, isDatabase),
    relations: a.relations.length > 0 ? a.relations : b.relations,
    ...(partial === undefined ? {} : { partial }),
  };
}

function unitedColumn(model: Column, database: Column): Column {
  const values = model.values ?? database.values;
  return {
    ...database,
    ...model,
    type: database.type === "" ? model.type : database.type,
    nullable: model.nullable && database.nullable,
    ...(values === undefined ? {} : { values }),
  };
}

function unitedIndexes(a: readonly Index[], b: readonly Index[]): readonly Index[] {
  const known = new Map(a.map((index) => [indexKey(index), index]));
  // The name is what the migration gives; the place is what the model says.
  const named = new Map<Index, Index>();
  const more: Index[] = [];
  for (const index of b) {
    const same = known.get(indexKey(index));
    if (same === undefined) more.push(index);
    else if (index.name !== undefined && same.name === undefined) named.set(same, { ...same, name: index.name });
  }
  return [...a.map((index) => named.get(index) ?? index), ...more];
}

/** What the database refers to, and does with rows, is what its constraints say. Where it knows the column and no constraint, the ORM alone knows the key. */
function unitedKeys(a: readonly ForeignKey[], b: Table, isDatabase: boolean): readonly ForeignKey[] {
  const inBoth = (keys: readonly ForeignKey[], key: ForeignKey): ForeignKey | undefined =>
    keys.find((one) => one.columns.join() === key.columns.join());
  const hasColumns = (key: ForeignKey): boolean => key.columns.every((name) => b.columns.some((column) => same(column.name, name)));
  return [
    ...a.map((key): ForeignKey => {
      const other = inBoth(b.foreignKeys, key);
      if (other === undefined) return isDatabase && b.partial === undefined && hasColumns(key) ? { ...key, virtual: true } : key;
      const target = isDatabase ? { table: other.table, references: other.references } : {};
      return { ...key, ...target, ...(other.onDelete === undefined ? {} : { onDelete: other.onDelete }) };
    }),
    ...b.foreignKeys.filter((key) => inBoth(a, key) === undefined),
  ];
}

/** Types that are enums get their values; InnoDB indexes the columns of a foreign key by itself. */
function finished(table: Table, dialect: Dialect, enums: ReadonlyMap<string, readonly string[]>): Table {
  const columns = table.columns.map((column) => {
    const values = column.values ?? enums.get(plainName(column.type));
    return values === undefined ? column : { ...column, values };
  });
  if (dialect !== "mysql") return { ...table, columns };
  const indexes = [...table.indexes];
  for (const key of table.foreignKeys)
    if (key.virtual !== true && !indexes.some((index) => startsWith(columnsOf(index), key.columns)))
      indexes.push(plainIndex(key.columns, { origin: "foreign key" }));
  return { ...table, columns, indexes };
}

function startsWith(names: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((name, place) => same(names[place] ?? "", name));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
