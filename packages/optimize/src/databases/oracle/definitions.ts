/** Definitions on a planner: the schema, its keys, and indexes that are only tried. Each is guarded, and one that fails costs no other. */
import type { DatabaseStatistics } from "../../model/database-statistics.ts";
import { OptimizeError } from "../../model/errors.ts";
import { indexDdl, schemaDdl } from "../../model/schema-ddl.ts";
import type { Index, Schema } from "../../model/schema.ts";
import { planOfJson } from "../plans/json.ts";
import { rowsOf, type PlannerEngine, type Step } from "./engine.ts";
import { quotedName, quotedText } from "./literals.ts";
import { catalogueOfIndex, resizeSteps, touch, type TableRelation, type TableSize } from "./relations.ts";
import { applicableSettings } from "./settings.ts";
import { guardDefinition, planningProblem } from "./statement-guard.ts";

export interface OracleFailure {
  readonly table: string | undefined;
  readonly why: string;
}

export async function setUp(
  engine: PlannerEngine,
  schema: Schema,
  statistics: DatabaseStatistics | undefined,
  failures: OracleFailure[],
): Promise<void> {
  await mustRun(
    engine,
    Object.entries(applicableSettings(statistics?.settings ?? {})).map(([name, value]) => ({
      kind: "run",
      sql: `SELECT set_config(${quotedText(name)}, ${quotedText(value)}, false)`,
    })),
  );
  const paths = ["public", ...new Set(schema.tables.flatMap((table) => table.schema ?? []))].map(quotedName);
  // An extension that the planner does not have is missed by what needs it, and told there.
  for (const { table, sql } of schemaDdl(schema, "postgresql")) await define(engine, table, sql, table === undefined ? [] : failures);
  await mustRun(engine, [{ kind: "run", sql: `SELECT set_config('search_path', ${quotedText([...new Set(paths)].join(", "))}, false)` }]);
}

/** They tell the planner how joins over several columns match. */
export async function addForeignKeys(engine: PlannerEngine, schema: Schema, failures: OracleFailure[]): Promise<void> {
  const without = new Set(schemaDdl(schema, "postgresql").map(({ sql }) => sql));
  for (const { table, sql } of schemaDdl(schema, "postgresql", { foreignKeys: true }))
    if (!without.has(sql)) await define(engine, table, sql, failures);
}

async function define(engine: PlannerEngine, table: string | undefined, sql: string, failures: OracleFailure[]): Promise<void> {
  try {
    await guardDefinition(sql);
    rowsOf((await engine.run([{ kind: "run", sql }]))[0]);
  } catch (error) {
    if (error instanceof OptimizeError && error.message.includes("was ended")) throw error;
    failures.push({ table, why: error instanceof Error ? error.message : String(error) });
  }
}

export async function makeIndex(engine: PlannerEngine, relation: TableRelation, index: Index): Promise<Record<string, unknown>> {
  const sql = indexDdl({ ...relation.table, schema: relation.schema }, index, "postgresql");
  await guardDefinition(sql);
  const name = quotedText(index.name ?? "");
  const hide = `UPDATE pg_index SET indisvalid = false WHERE indrelid = ${relation.oid} AND indexrelid = (SELECT max(oid) FROM pg_class WHERE relname = ${name})`;
  const [made, found, hidden] = await engine.run([
    { kind: "run", sql },
    { kind: "run", sql: catalogueOfIndex(relation.oid, name) },
    { kind: "run", sql: hide },
  ]);
  rowsOf(made);
  const row = rowsOf(found)[0];
  rowsOf(hidden);
  if (row === undefined) throw new OptimizeError("planner", "the index was not found after it was made");
  return row;
}

/** Share of the rows that a condition keeps, as the planner sees it. */
export async function fractionOf(engine: PlannerEngine, relation: TableRelation, where: string, size: TableSize): Promise<number> {
  const statement = `SELECT 1 FROM ${quotedName(relation.schema)}.${quotedName(relation.name)} WHERE ${where}`;
  if ((await planningProblem(statement)) !== undefined) return 1;
  const results = await engine.run([
    { kind: "run", sql: `SELECT 1` },
    ...resizeTable(relation, size),
    { kind: "explain", sql: `EXPLAIN (FORMAT JSON) ${statement}` },
    { kind: "pages", path: relation.path, pages: 0 },
    touch(relation.oid),
  ]);
  const found = results.at(-3);
  const plan = found !== undefined && "rows" in found ? planOfJson(jsonOf(found.rows[0]?.["QUERY PLAN"])) : undefined;
  return plan === undefined || size.rows <= 0 ? 1 : Math.min(1, Math.max(1e-9, plan.rows / size.rows));
}

function resizeTable(relation: TableRelation, size: TableSize): Step[] {
  return resizeSteps({ ...relation, indexes: [] }, size);
}

/** Runs steps none of which may fail. Throws what went wrong. */
export async function mustRun(engine: PlannerEngine, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  for (const result of await engine.run(steps)) rowsOf(result);
}

/** EXPLAIN (FORMAT JSON) is parsed by some drivers. */
export function jsonOf(value: unknown): unknown {
  return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
}
