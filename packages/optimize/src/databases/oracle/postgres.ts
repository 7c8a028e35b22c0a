/** A planner of PostgreSQL that holds a schema and no rows: it plans as a server with these statistics would, and tries indexes that nobody built. */
import type { DatabaseStatistics } from "../../model/database-statistics.ts";
import { OptimizeError } from "../../model/errors.ts";
import type { Plan } from "../../model/plan.ts";
import { indexName } from "../../model/schema-ddl.ts";
import { tableNamed, type Index, type Schema, type Table } from "../../model/schema.ts";
import { planOfJson } from "../plans/json.ts";
import { rowsOf, type Step, type StepResult } from "./engine.ts";
import { addForeignKeys, fractionOf, jsonOf, makeIndex, mustRun, setUp, type OracleFailure } from "./definitions.ts";
import { planable } from "./placeholders.ts";
import {
  catalogue,
  heightSteps,
  indexOf,
  indexSize,
  resizeSteps,
  sizeOf,
  sizeSteps,
  tableKey,
  tablesOf,
  touch,
  type TableRelation,
  type TableSize,
} from "./relations.ts";
import { startEngine, type EngineOptions } from "./start.ts";
import { planningProblem } from "./statement-guard.ts";

export interface OracleOptions extends EngineOptions {
  readonly schema: Schema;
  /** Without them, tables have `rows` each, and what the schema says of their columns. */
  readonly statistics?: DatabaseStatistics;
  /** Rows of a table without statistics. */
  readonly rows?: number;
}

/** An index that is tried; `name` goes into `plan`. */
export interface TriedIndex {
  readonly name: string;
  readonly table: Table;
  readonly index: Index;
  readonly rows: number;
  readonly pages: number;
}

export type Planned = { readonly plan: Plan } | { readonly why: string };

export interface Visible {
  /** Names of tried indexes that the planner sees; none by default. */
  readonly indexes?: readonly string[];
  /** Names of existing ones that it does not see. */
  readonly without?: readonly string[];
}

export interface PostgresOracle {
  /** Which planner modelled it, for people. */
  readonly planner: string;
  readonly major: number;
  readonly notice: string | undefined;
  /** What of the schema was not taken. */
  readonly failures: readonly OracleFailure[];
  /** Statements that were planned so far. */
  readonly calls: () => number;
  readonly plan: (sql: string, visible?: Visible) => Promise<Planned>;
  /** Makes indexes that only `plan` sees, and only when they are named. What cannot be made is left out and told in `failures`. */
  readonly tryIndexes: (
    wanted: readonly { readonly table: string; readonly index: Index }[],
  ) => Promise<readonly (TriedIndex | undefined)[]>;
  /** Tables without statistics have so many rows from now on. */
  readonly setRows: (rows: number) => Promise<void>;
  /** Pages of an existing or tried index at the present size. */
  readonly pagesOf: (index: string) => number | undefined;
  /** Rows of a table at the present size. */
  readonly rowsOf: (table: Table) => number | undefined;
  readonly existing: () => readonly { readonly name: string; readonly table: string; readonly unique: boolean; readonly pages: number }[];
  readonly close: () => Promise<void>;
}

const usualRows = 1_000_000;

/** Opens one. Throws an OptimizeError("planner") when no planner can be had; what of the schema fails is in `failures`. */
export async function openOracle(options: OracleOptions): Promise<PostgresOracle> {
  const { schema, statistics } = options;
  const engine = await startEngine({ ...options, extensions: [...schema.extensions, ...(options.extensions ?? [])] });
  const failures: OracleFailure[] = [];
  await setUp(engine, schema, statistics, failures);
  const tables = tablesOf(rowsOf((await engine.run([{ kind: "run", sql: catalogue }]))[0]), schema, statistics);
  let rows = options.rows ?? usualRows;
  const sizes = new Map<TableRelation, TableSize>(tables.map((table) => [table, sizeOf(schema, table, rows)]));
  const sizeIs = (table: TableRelation): TableSize => sizes.get(table) as TableSize;
  // Heights first: nothing may have read an index before it has one.
  await mustRun(
    engine,
    tables.flatMap((table) => table.indexes.flatMap((one) => heightSteps(table, one, sizeIs(table)))),
  );
  await addForeignKeys(engine, schema, failures);
  note(failures, await engine.run(tables.flatMap((table) => sizeSteps(table, sizeIs(table)))), "statistics");
  const tried = new Map<string, { readonly oid: number }>();
  const existing = new Map<string, number>(tables.flatMap((table) => table.indexes.map((one) => [one.name, one.oid] as const)));
  /** What the server was last told not to see. */
  let hidden = new Set<number>();
  let calls = 0;

  const explain = async (sql: string, visible: Visible = {}): Promise<Planned> => {
    const statement = planable(sql);
    const why = await planningProblem(statement);
    if (why !== undefined) return { why };
    const wanted = new Set<number>();
    for (const [name, { oid }] of tried) if (visible.indexes?.includes(name) !== true) wanted.add(oid);
    for (const name of visible.without ?? []) wanted.add(existing.get(name) ?? 0);
    const steps = toggles(hidden, wanted);
    hidden = wanted;
    calls++;
    const results = await engine.run([...steps, { kind: "explain", sql: `EXPLAIN (FORMAT JSON, GENERIC_PLAN) ${statement}` }]);
    const last = results.at(-1);
    if (last === undefined || "error" in last) return { why: last?.error ?? "no answer" };
    const plan = planOfJson(jsonOf(last.rows[0]?.["QUERY PLAN"]));
    return plan === undefined ? { why: "its plan could not be read" } : { plan };
  };

  const tryIndexes: PostgresOracle["tryIndexes"] = async (wanted) => {
    const made: (TriedIndex | undefined)[] = [];
    const touched = new Set<TableRelation>();
    for (const { table: tableName, index } of wanted) {
      const table = tableNamed(schema, tableName);
      const relation = table === undefined ? undefined : tables.find((one) => tableKey(one.table) === tableKey(table));
      if (table === undefined || relation === undefined) {
        failures.push({ table: tableName, why: "the planner does not have this table" });
        made.push(undefined);
        continue;
      }
      if (!touched.has(relation)) await engine.run([{ kind: "pages", path: relation.path, pages: 0 }, touch(relation.oid)]);
      touched.add(relation);
      const name = freeName(index.name ?? indexName(table, index), new Set([...existing.keys(), ...tried.keys()]));
      try {
        const found = await makeIndex(engine, relation, { ...index, name, unique: false });
        const fraction = index.where === undefined ? 1 : await fractionOf(engine, relation, index.where, sizeIs(relation));
        const one = indexOf(found, table, undefined, { ...index, name }, fraction);
        relation.indexes.push(one);
        await mustRun(engine, [...heightSteps(relation, one, sizeIs(relation))]);
        tried.set(name, one);
        hidden.add(one.oid);
        made.push({ name, table, index: { ...index, name }, ...indexSize(relation, one, sizeIs(relation)) });
      } catch (error) {
        if (error instanceof OptimizeError && error.message.includes("was ended")) throw error;
        failures.push({ table: tableName, why: `${name}: ${error instanceof Error ? error.message : String(error)}` });
        made.push(undefined);
      }
    }
    await mustRun(
      engine,
      [...touched].flatMap((table) => resizeSteps(table, sizeIs(table))),
    );
    return made;
  };

  return {
    planner: engine.name,
    major: engine.major,
    notice: engine.notice,
    failures,
    calls: () => calls,
    plan: explain,
    tryIndexes,
    setRows: async (count) => {
      if (count === rows) return;
      rows = count;
      for (const table of tables) sizes.set(table, sizeOf(schema, table, rows));
      const changed = tables.filter((table) => table.statistics === undefined);
      await mustRun(
        engine,
        changed.flatMap((table) => resizeSteps(table, sizeIs(table))),
      );
    },
    pagesOf: (name) => {
      const table = tables.find((one) => one.indexes.some((index) => index.name === name));
      const index = table?.indexes.find((one) => one.name === name);
      return table === undefined || index === undefined ? undefined : indexSize(table, index, sizeIs(table)).pages;
    },
    rowsOf: (table) => {
      const found = tables.find((one) => tableKey(one.table) === tableKey(table));
      return found === undefined ? undefined : sizeIs(found).rows;
    },
    existing: () =>
      tables.flatMap((table) =>
        table.indexes
          .filter((one) => existing.has(one.name))
          .map((one) => ({ name: one.name, table: table.name, unique: one.unique, pages: indexSize(table, one, sizeIs(table)).pages })),
      ),
    close: engine.close,
  };
}

function toggles(hidden: ReadonlySet<number>, wanted: ReadonlySet<number>): Step[] {
  const hide = [...wanted].filter((oid) => !hidden.has(oid));
  const show = [...hidden].filter((oid) => !wanted.has(oid));
  const set = (oids: readonly number[], valid: boolean): Step[] =>
    oids.length === 0
      ? []
      : [
          {
            kind: "run",
            sql: `UPDATE pg_index SET indisvalid = ${valid} WHERE indexrelid IN (${oids.join(", ")}) AND indisvalid <> ${valid}`,
          },
        ];
  return [...set(hide, false), ...set(show, true)];
}

function note(failures: OracleFailure[], results: readonly StepResult[], table: string): void {
  for (const result of results) if ("error" in result) failures.push({ table, why: result.error });
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name.slice(0, 59)}_${number}`;
  return free;
}
