/**
 * SQLite's own planner over empty tables: what it knows of the data is rows of `sqlite_stat1`, which are written by hand. It tells no cost of a plan; the
 * figure is the rows that the plan reads, and once more for each that it has to sort.
 */
import { createRequire } from "node:module";
import type { IndexAnswer, IndexQuestion, ScanChoice } from "../../model/index-question.ts";
import { indexDdl, indexName, quoted, schemaDdl } from "../../model/schema-ddl.ts";
import type { Schema, Table } from "../../model/schema.ts";
import { OptimizeError } from "../../model/errors.ts";
import { assumedColumns, distinctKeys } from "./assumptions.ts";
import { planable } from "./placeholders.ts";
import { assumedRows, isWorthwhile } from "./preference.ts";
import { rowsRead, sqliteSteps, type SqliteStep } from "./sqlite-plan.ts";

/** What of node-sqlite3-wasm is used. */
interface Database {
  readonly all: (sql: string, values?: readonly (string | number | null)[]) => readonly Record<string, unknown>[];
  readonly exec: (sql: string) => void;
  readonly run: (sql: string, values?: readonly (string | number | null)[]) => unknown;
  readonly close: () => void;
}

/** In the order of the questions. Throws an OptimizeError("planner") when SQLite cannot be loaded. */
export function sqlitePreferences(schema: Schema, questions: readonly IndexQuestion[]): readonly IndexAnswer[] {
  const database = open();
  try {
    const version = String(database.all("SELECT sqlite_version() AS version")[0]?.["version"]);
    const planner = `SQLite ${version} (embedded; it counts rows that are read)`;
    for (const { sql } of schemaDdl(schema, "sqlite")) {
      // What it does not take is missing for the statements that need it, and they say so.
      attempt(() => database.exec(sql));
    }
    database.exec("ANALYZE");
    return questions.map((question) => answerOf(database, schema, planner, question));
  } finally {
    database.close();
  }
}

function open(): Database {
  try {
    const loaded = createRequire(import.meta.url)("node-sqlite3-wasm") as { readonly Database: new (path: string) => Database };
    return new loaded.Database(":memory:");
  } catch (cause) {
    throw new OptimizeError("planner", "the embedded SQLite cannot be loaded", { cause });
  }
}

function answerOf(database: Database, schema: Schema, planner: string, { table, index, statements }: IndexQuestion): IndexAnswer {
  const name = index.name ?? indexName(table, index);
  const create = indexDdl(table, { ...index, name, unique: false }, "sqlite");
  const sizes: ScanChoice[] = [];
  let why = "there is no statement";
  for (const statement of statements) {
    const sql = planable(statement);
    if (!/^\s*(?:select|with|update|delete|insert|replace)\b/i.test(sql)) {
      why = "only SELECT, INSERT, UPDATE and DELETE are planned";
      continue;
    }
    for (const rows of assumedRows) {
      const before = attempt(() => planOf(database, schema, sql, rows));
      if ("why" in before) {
        ({ why } = before);
        break;
      }
      const made = attempt(() => database.exec(create));
      if ("why" in made) return { planner, holds: false, sizes: [], why: made.why };
      const after = attempt(() => planOf(database, schema, sql, rows));
      database.exec(`DROP INDEX ${quoted(name, "sqlite")}`);
      if ("why" in after) return { planner, holds: false, sizes: [], why: after.why };
      const isUsed = after.value.steps.some((step) => step.index === name);
      sizes.push({
        rows,
        before: accessTo(before.value.steps, table),
        after: isUsed ? accessTo(after.value.steps, table) : "",
        costBefore: before.value.read,
        costAfter: after.value.read,
      });
      if (!isUsed || !isWorthwhile(before.value.read, after.value.read)) return { planner, holds: false, sizes };
    }
    if (sizes.length > 0) return { planner, holds: true, sizes };
  }
  return { planner, holds: false, sizes: [], why };
}

interface Read {
  readonly steps: readonly SqliteStep[];
  readonly read: number;
}

function planOf(database: Database, schema: Schema, sql: string, rows: number): Read {
  tellSizes(database, schema, rows);
  const steps = sqliteSteps(database.all(`EXPLAIN QUERY PLAN ${sql}`).map((row) => String(row["detail"])));
  let outer = 1;
  let read = 0;
  let isSorted = false;
  for (const step of steps) {
    if (step.kind === "sort") {
      isSorted = true;
      continue;
    }
    const table = schema.tables.find((one) => one.name === step.table);
    const found = rowsRead(step, rows, table === undefined ? [] : assumedColumns(schema, table));
    read += outer * found;
    outer *= found;
  }
  return { steps, read: read + (isSorted ? outer : 0) };
}

/** `sqlite_stat1`: rows of the table, then the rows that have the same first one, two … columns of the index. */
function tellSizes(database: Database, schema: Schema, rows: number): void {
  database.exec("DELETE FROM sqlite_stat1");
  for (const table of schema.tables) {
    const columns = assumedColumns(schema, table);
    const indexes = database.all('SELECT name, "unique" AS is_unique FROM pragma_index_list(?)', [table.name]);
    if (indexes.length === 0) database.run("INSERT INTO sqlite_stat1 VALUES (?, NULL, ?)", [table.name, String(rows)]);
    for (const one of indexes) {
      const index = String(one["name"]);
      const names = database.all("SELECT name FROM pragma_index_info(?) ORDER BY seqno", [index]).map((row) => row["name"]);
      const same = names.map((_, place) => {
        const isWhole = one["is_unique"] === 1 && place === names.length - 1;
        const keys = isWhole
          ? rows
          : distinctKeys(
              names.slice(0, place + 1).map((name) => columns.find((column) => column.name === name)),
              rows,
            );
        return Math.max(1, Math.round(rows / keys));
      });
      database.run("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", [table.name, index, [rows, ...same].join(" ")]);
    }
  }
  database.exec("ANALYZE sqlite_schema");
}

function accessTo(steps: readonly SqliteStep[], table: Table): string {
  const step = steps.find((one) => one.table === table.name);
  const sorted = steps.some(({ kind }) => kind === "sort") ? " and sort" : "";
  return step === undefined ? "" : `${step.kind === "scan" ? "scan" : "search"}${step.index === undefined ? "" : " by index"}${sorted}`;
}

function attempt<T>(work: () => T): { readonly value: T } | { readonly why: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
