/** What pg_stat_statements of a server has counted. */
import type pg from "pg";
import { OptimizeError } from "../../model/errors.ts";
import { sqlTokens } from "../../model/sql-tokens.ts";
import type { DatabaseExport } from "../../model/database-export.ts";

type Statement = NonNullable<DatabaseExport["statements"]>[number];

/** Those that cost most time together; a workload has few that matter. */
const most = 500;
const longest = 20_000;

/** Throws an OptimizeError("database") with the one statement that lets the role see them. */
export async function readStatements(client: pg.Client, role: string): Promise<Statement[]> {
  const found = await client.query<{ version: string; schema: string }>(
    "SELECT e.extversion AS version, n.nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements'",
  );
  const extension = found.rows[0];
  if (extension === undefined)
    throw new OptimizeError("database", "pg_stat_statements is not installed in this database", {
      hint: "CREATE EXTENSION pg_stat_statements; (the server loads it: shared_preload_libraries = 'pg_stat_statements')",
    });
  // 1.8, which came with PostgreSQL 13, renamed it; 1.12 is newer than 1.8.
  const [major = 1, minor = 0] = extension.version.split(".").map(Number);
  const time = major > 1 || minor >= 8 ? "total_exec_time" : "total_time";
  const { rows } = await client
    .query<{ query: string; calls: string; time: number; rows: string }>(
      `SELECT s.query, s.calls, s.${time} AS time, s.rows FROM "${extension.schema.replaceAll('"', '""')}".pg_stat_statements s
       JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database() ORDER BY s.${time} DESC LIMIT ${most}`,
    )
    .catch((error: unknown) => {
      if ((error as { code?: string }).code !== "55000") throw error;
      throw new OptimizeError("database", "pg_stat_statements is installed and not loaded", {
        hint: "shared_preload_libraries = 'pg_stat_statements' in postgresql.conf, and a restart",
      });
    });
  const hidden = rows.filter((row) => row.query === "<insufficient privilege>").length;
  if (hidden > 0 && hidden === rows.length)
    throw new OptimizeError("database", "this role may not read the statements of others", {
      hint: `GRANT pg_read_all_stats TO "${role.replaceAll('"', '""')}"`,
    });
  return (
    rows
      // Of tools that look at the catalogue, this one among them.
      .filter((row) => !/\b(?:from|join)\s+(?:pg_catalog\.)?"?pg_/i.test(row.query))
      .filter((row) => row.query.length <= longest && /^\s*(?:select|insert|update|delete|merge|with)\b/i.test(row.query))
      .map((row) => ({ sql: withoutTexts(row.query), calls: Number(row.calls), milliseconds: row.time, rows: Number(row.rows) }))
  );
}

/** The server takes values out of what it counts; texts that it left, of statements that it could not read, go here. */
export function withoutTexts(sql: string): string {
  let text = "";
  let end = 0;
  for (const token of sqlTokens(sql)) {
    if (token.kind !== "string") continue;
    text += `${sql.slice(end, token.at)}?`;
    end = token.end;
  }
  return text + sql.slice(end);
}
