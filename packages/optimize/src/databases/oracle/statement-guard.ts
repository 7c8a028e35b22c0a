/** What may reach a planner: one statement of a kind that is only planned, or a definition of this program. The text may come from a scanned project. */
import { OptimizeError } from "../../model/errors.ts";
import { sqlTokens } from "../../model/sql-tokens.ts";

const planned = new Set(["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"]);
const definitions = new Set(["CreateStmt", "IndexStmt", "CreateSchemaStmt", "CreateExtensionStmt", "AlterTableStmt"]);

/** Longer or deeper text is no statement that a person or an ORM wrote, and a parser may recurse on it. */
const longest = 200_000;
const deepest = 400;

let loading: Promise<(sql: string) => unknown> | undefined;

async function loadParser(): Promise<(sql: string) => unknown> {
  const { loadModule, parseSync } = await import("libpg-query");
  await loadModule();
  return parseSync;
}

/** Why the text is no single statement that can be planned; undefined when it is one. */
export async function planningProblem(sql: string): Promise<string | undefined> {
  return problem(sql, planned, "only SELECT, INSERT, UPDATE, DELETE and MERGE are planned");
}

/** Why the text is no single definition of a table or an index; undefined when it is one. */
export async function definitionProblem(sql: string): Promise<string | undefined> {
  return problem(sql, definitions, "only definitions of tables and indexes are taken");
}

async function problem(sql: string, kinds: ReadonlySet<string>, otherwise: string): Promise<string | undefined> {
  if (sql.length > longest) return `it is longer than ${longest / 1000} KB`;
  if (depthOf(sql) > deepest) return `it is nested deeper than ${deepest} levels`;
  loading ??= loadParser();
  try {
    const { stmts = [] } = (await loading)(sql) as { stmts?: { stmt?: object }[] };
    if (stmts.length !== 1) return stmts.length === 0 ? "it holds no statement" : "it holds more than one statement";
    const kind = Object.keys(stmts[0]?.stmt ?? {})[0] ?? "";
    return kinds.has(kind) ? undefined : otherwise;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function depthOf(sql: string): number {
  let depth = 0;
  let most = 0;
  for (const { kind, text } of sqlTokens(sql)) {
    if (kind !== "symbol") continue;
    if (text === "(" || text === "[") most = Math.max(most, ++depth);
    else if (text === ")" || text === "]") depth--;
  }
  return most;
}

/** Throws an OptimizeError("planner") with what is wrong. */
export async function guardDefinition(sql: string): Promise<void> {
  const why = await definitionProblem(sql);
  if (why !== undefined) throw new OptimizeError("planner", `the definition was not taken: ${why}`);
}
