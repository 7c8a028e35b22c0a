/** What a server was seen to have is true of its tables: its indexes and sizes take the place of what models and migrations say. */
import { schemaOfExport, type DatabaseExport } from "../../model/database-export.ts";
import { columnNamed, plainName, type Schema, type Table } from "../../model/schema.ts";

/**
 * The schemas with the export in the one that it is of: that of its dialect with which it shares most tables. What the project says of columns (names in
 * code, places) stays; a table that only the server has is added, one that it does not have yet is left as it is.
 */
export function withExport(schemas: readonly Schema[], exported: DatabaseExport): readonly Schema[] {
  const real = schemaOfExport(exported);
  const shared = (schema: Schema): number => schema.tables.filter((table) => tableOf(real, table) !== undefined).length;
  const [best] = schemas
    .filter(({ dialect }) => dialect === real.dialect || dialect === "unknown")
    .toSorted((a, b) => shared(b) - shared(a));
  if (best === undefined || shared(best) === 0) return [...schemas, real];
  return schemas.map((schema) => (schema === best ? joined(schema, real) : schema));
}

/** An export is part of it. */
export function isExported({ sources }: Schema): boolean {
  return sources.some(({ kind }) => kind === "export");
}

function joined(schema: Schema, real: Schema): Schema {
  const tables = schema.tables.map((table) => {
    const seen = tableOf(real, table);
    return seen === undefined ? table : joinedTable(table, seen);
  });
  const more = real.tables.filter((table) => !schema.tables.some((one) => plainName(one.name) === plainName(table.name)));
  return {
    ...schema,
    dialect: real.dialect,
    ...(real.connections === undefined ? {} : { connections: real.connections }),
    extensions: [...new Set([...schema.extensions, ...real.extensions])],
    tables: [...tables, ...more],
    sources: [...schema.sources, ...real.sources],
  };
}

function joinedTable(table: Table, seen: Table): Table {
  const { partial: _known, ...rest } = table;
  const columns = seen.columns.map((column) => {
    const own = columnNamed(table, column.name);
    const { property, site, default: fallback, values } = own ?? {};
    return {
      ...column,
      ...(property === undefined ? {} : { property }),
      ...(site === undefined ? {} : { site }),
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(values === undefined || column.values !== undefined ? {} : { values }),
    };
  });
  const later = table.columns.filter(({ name }) => columnNamed(seen, name) === undefined);
  return {
    ...rest,
    ...(seen.schema === undefined ? {} : { schema: seen.schema }),
    columns: [...columns, ...later],
    primaryKey: seen.primaryKey,
    uniques: seen.uniques,
    indexes: seen.indexes.map((index) => {
      const site = table.indexes.find(({ name }) => name !== undefined && name === index.name)?.site;
      return site === undefined ? index : { ...index, site };
    }),
    foreignKeys: seen.foreignKeys.map((key) => {
      const site = table.foreignKeys.find(({ columns: own }) => own.join() === key.columns.join())?.site;
      return site === undefined ? key : { ...key, site };
    }),
    ...(seen.rows === undefined ? {} : { rows: seen.rows }),
  };
}

function tableOf(schema: Schema, { name, schema: own }: Table): Table | undefined {
  const same = schema.tables.filter((one) => plainName(one.name) === plainName(name));
  return same.find((one) => (one.schema ?? "public") === (own ?? "public")) ?? same[0];
}
