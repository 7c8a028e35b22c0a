/** The statements that advice is for: from a file of SQL, a log, a server's counters, or an export that holds them. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { withPostgres } from "../databases/engines/postgres-connection.ts";
import { readStatements } from "../databases/engines/postgres-statements.ts";
import { readWorkload } from "../databases/logs/read.ts";
import { workloadBuilder, type WorkloadStatement } from "../databases/logs/workload.ts";
import type { DatabaseExport } from "../model/database-export.ts";
import { OptimizeError } from "../model/errors.ts";

const most = 500;

/** Those that cost most, at most 500. Throws an OptimizeError when there are none. */
export async function workloadInput(
  given: string | undefined,
  exported: DatabaseExport | undefined,
  cwd: string,
): Promise<{ readonly statements: readonly WorkloadStatement[]; readonly leftOut: number; readonly source: string }> {
  const { statements, source } = await read(given, exported, cwd);
  if (statements.length === 0)
    throw new OptimizeError("not-found", `there is no SELECT, INSERT, UPDATE or DELETE in ${source}`, {
      hint: "a file of SQL, or a log of PostgreSQL with log_min_duration_statement",
    });
  const sorted = statements.toSorted(
    (a, b) => (b.milliseconds ?? 0) - (a.milliseconds ?? 0) || b.calls - a.calls || (a.fingerprint < b.fingerprint ? -1 : 1),
  );
  return { statements: sorted.slice(0, most), leftOut: Math.max(0, sorted.length - most), source };
}

async function read(
  given: string | undefined,
  exported: DatabaseExport | undefined,
  cwd: string,
): Promise<{ statements: readonly WorkloadStatement[]; source: string }> {
  if (given === undefined) {
    if (exported?.statements === undefined)
      throw new OptimizeError("usage", "which statements is the advice for?", {
        hint: "--workload names a file of SQL, a log or a server; or optimize db export --statements puts them into the export",
      });
    return { statements: counted(exported.statements), source: "the export" };
  }
  if (/^postgres(?:ql)?:\/\//i.test(given))
    return withPostgres(given, {}, async (client) => {
      const { rows } = await client.query<{ role: string }>("SELECT current_user AS role");
      return { statements: counted(await readStatements(client, rows[0]?.role ?? "")), source: "pg_stat_statements" };
    });
  const path = resolve(cwd, given);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new OptimizeError("not-found", `there is no file ${given}`);
  return { statements: await readWorkload(path), source: given };
}

function counted(statements: NonNullable<DatabaseExport["statements"]>): readonly WorkloadStatement[] {
  const builder = workloadBuilder();
  for (const { sql, calls, milliseconds } of statements) builder.add(sql, calls, milliseconds);
  return builder.statements();
}
