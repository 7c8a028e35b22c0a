/** Before anything is asked of a planner: does a table that holds nothing, with a size that it was given, plan as one of that size? */
import { OptimizeError } from "../../model/errors.ts";
import { planOfJson } from "../plans/json.ts";
import { rowsOf, type PlannerEngine } from "./engine.ts";
import { restoreRelation } from "./restore.ts";

const relation = { schema: "public", name: "optimize_self_test" };
const rows = 500_000;
const pages = 10_000;

/** Throws an OptimizeError("planner") that says what it does not do. */
export async function selfTest(engine: PlannerEngine): Promise<void> {
  if (engine.major < 18) throw new OptimizeError("planner", `${engine.name} cannot be given statistics; PostgreSQL 18 can`);
  const made = await engine.run([
    { kind: "run", sql: `CREATE TABLE ${relation.name} (id integer)` },
    { kind: "run", sql: `SELECT pg_relation_filepath('${relation.name}') AS path` },
  ]);
  const path = String(rowsOf(made[1])[0]?.["path"]);
  const results = await engine.run([
    { kind: "run", sql: restoreRelation(relation, rows, pages) },
    { kind: "pages", path, pages },
    { kind: "explain", sql: `EXPLAIN (FORMAT JSON) SELECT * FROM ${relation.name}` },
    { kind: "pages", path, pages: 0 },
    { kind: "run", sql: `DROP TABLE ${relation.name}` },
  ]);
  const found = rowsOf(results[2])[0]?.["QUERY PLAN"];
  const plan = planOfJson(typeof found === "string" ? JSON.parse(found) : found);
  if (plan?.rows !== rows)
    throw new OptimizeError(
      "planner",
      `${engine.name} does not take the size of a table that it was given (${plan?.rows ?? "no"} rows of ${rows})`,
    );
}
