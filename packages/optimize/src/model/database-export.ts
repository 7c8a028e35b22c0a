/** What `optimize db export` writes: the schema of one database and what its planner knows of the data, as one document of JSON. */
import { z } from "zod";
import type { DatabaseStatistics } from "./database-statistics.ts";
import type { Index, Schema, Table } from "./schema.ts";

/** No relation of PostgreSQL has more pages; -1 is what it says of none. */
const pages = z
  .number()
  .min(-1)
  .max(2 ** 32);
/** -1: never counted. */
const rows = z.number().min(-1).max(1e15);

const columnStatistics = z.object({
  name: z.string(),
  nullFraction: z.number().min(0).max(1),
  width: z
    .number()
    .min(0)
    .max(2 ** 30),
  distinct: z.number().min(-1).max(1e15),
  correlation: z.number().optional(),
  commonValues: z.string().optional(),
  commonFrequencies: z.array(z.number()).optional(),
  histogram: z.string().optional(),
});

const exportedColumn = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  /** Labels of an enumeration. */
  values: z.array(z.string()).optional(),
});

const exportedIndex = z.object({
  name: z.string(),
  method: z.string(),
  unique: z.boolean(),
  origin: z.enum(["declared", "primary key", "unique"]),
  valid: z.boolean(),
  columns: z.array(
    z.object({
      name: z.string().optional(),
      expression: z.string().optional(),
      order: z.enum(["asc", "desc"]),
      nulls: z.enum(["first", "last"]).optional(),
      opclass: z.string().optional(),
    }),
  ),
  include: z.array(z.string()),
  where: z.string().optional(),
  pages,
  rows,
  /** Since the statistics of the server were reset; undefined when it does not say. */
  scans: z.number().optional(),
  statistics: z.array(columnStatistics).optional(),
});

const exportedTable = z.object({
  schema: z.string(),
  name: z.string(),
  rows,
  pages,
  allVisible: z.number(),
  /** Rows that were written since the statistics were reset. */
  writes: z.object({ inserted: z.number(), updated: z.number(), deleted: z.number() }).optional(),
  /** The role may not read the statistics of its columns. */
  unreadable: z.boolean().optional(),
  columns: z.array(exportedColumn),
  primaryKey: z.array(z.string()),
  foreignKeys: z.array(
    z.object({
      columns: z.array(z.string()),
      schema: z.string(),
      table: z.string(),
      references: z.array(z.string()),
      onDelete: z.enum(["cascade", "restrict", "set null", "set default", "no action"]).optional(),
    }),
  ),
  indexes: z.array(exportedIndex),
  statistics: z.array(columnStatistics),
});

const exportedStatement = z.object({ sql: z.string(), calls: z.number(), milliseconds: z.number(), rows: z.number() });

export const databaseExport = z.object({
  format: z.literal("optimize-database-export"),
  version: z.literal(1),
  dialect: z.literal("postgresql"),
  /** "17.2" */
  server: z.string(),
  /** Whether values of the data are in it: common values and bounds. */
  values: z.boolean(),
  settings: z.record(z.string(), z.string()),
  /** That the server gives to all programs together, without those that it keeps for its administrators. */
  connections: z.number().optional(),
  /** Days for which the server has counted reads and writes, at least. */
  countedDays: z.number().optional(),
  extensions: z.array(z.string()),
  tables: z.array(exportedTable),
  /** From pg_stat_statements. */
  statements: z.array(exportedStatement).optional(),
  /** What was left out to keep it small, and what the role may not see. */
  notes: z.array(z.string()),
});

export type DatabaseExport = z.infer<typeof databaseExport>;
export type ExportedTable = z.infer<typeof exportedTable>;

/** The statistics of an export for a planner. */
export function statisticsOfExport(from: DatabaseExport): DatabaseStatistics {
  return {
    settings: from.settings,
    tables: from.tables
      // A table that was never analysed has rows that nobody knows.
      .filter((table) => table.rows >= 0)
      .map((table) => ({
        schema: table.schema,
        name: table.name,
        rows: table.rows,
        pages: table.pages,
        allVisible: table.allVisible,
        columns: table.statistics.map(defined),
        indexes: table.indexes.map((index) => ({
          name: index.name,
          pages: index.pages,
          rows: index.rows,
          ...(index.statistics === undefined ? {} : { columns: index.statistics.map(defined) }),
        })),
      })),
  };
}

/** The schema of an export. */
export function schemaOfExport(from: DatabaseExport): Schema {
  return {
    dialect: from.dialect,
    name: "",
    ...(from.connections === undefined ? {} : { connections: from.connections }),
    extensions: from.extensions,
    drift: [],
    unknown: [],
    sources: [{ by: "export", kind: "export", files: [], tables: from.tables.length }],
    tables: from.tables.map((table): Table => {
      const indexes = table.indexes
        .filter((index) => index.valid)
        .map((index): Index => {
          const { columns, where } = index;
          return {
            name: index.name,
            method: index.method,
            unique: index.unique,
            origin: index.origin,
            include: index.include,
            columns: columns.map((column) => defined(column)),
            ...(where === undefined ? {} : { where }),
          };
        });
      return {
        schema: table.schema,
        name: table.name,
        models: [],
        columns: table.columns.map((column) => defined(column)),
        primaryKey: table.primaryKey,
        uniques: indexes.filter((index) => index.origin === "unique").map((index) => index.columns.flatMap((column) => column.name ?? [])),
        indexes,
        foreignKeys: table.foreignKeys.map(({ columns, table: target, references, onDelete }) => ({
          columns,
          table: target,
          references,
          ...(onDelete === undefined ? {} : { onDelete }),
        })),
        relations: [],
        ...(table.rows >= 0 ? { rows: table.rows } : {}),
      };
    }),
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Members that are undefined are not there. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
