/** The statements that advice is for: the program's own, or from a file of SQL, a log, a server's counters, or an export that holds them. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { withPostgres } from "../databases/engines/postgres-connection.ts";
import { readStatements } from "../databases/engines/postgres-statements.ts";
import { readWorkload } from "../databases/logs/read.ts";
import { workloadBuilder, type WorkloadStatement } from "../databases/logs/workload.ts";
import { loadConfig } from "../engine/config.ts";
import type { DatabaseExport } from "../model/database-export.ts";
import { OptimizeError } from "../model/errors.ts";
import { sentStatements } from "./scanning.ts";
import type { Terminal } from "./terminal.ts";

const most = 500;

/** Those that cost most, at most 500. Throws an OptimizeError when there are none. */
export async function workloadInput(
  given: string | undefined,
  exported: DatabaseExport | undefined,
  own: OwnStatements,
  terminal: Terminal,
): Promise<{ readonly statements: readonly WorkloadStatement[]; readonly leftOut: number; readonly source: string }> {
  const { statements, source } = await read(given, exported, own, terminal);
  if (statements.length === 0)
    throw new OptimizeError("not-found", `there is no SELECT, INSERT, UPDATE or DELETE in ${source}`, {
      hint: "--workload names a file of SQL, a log of PostgreSQL with log_min_duration_statement, a server, or a folder with a program",
    });
  const sorted = statements.toSorted(
    (a, b) => (b.milliseconds ?? 0) - (a.milliseconds ?? 0) || b.calls - a.calls || (a.fingerprint < b.fingerprint ? -1 : 1),
  );
  return { statements: sorted.slice(0, most), leftOut: Math.max(0, sorted.length - most), source };
}

/** The program whose statements are taken when nothing else is named. */
export interface OwnStatements {
  readonly folder: string;
  /** The database that the advice is for; "" for the only one. */
  readonly database: string;
}

async function read(
  given: string | undefined,
  exported: DatabaseExport | undefined,
  own: OwnStatements,
  terminal: Terminal,
): Promise<{ statements: readonly WorkloadStatement[]; source: string }> {
  if (given === undefined)
    return exported?.statements === undefined
      ? programStatements(own.folder, own.database, terminal)
      : { statements: counted(exported.statements), source: "the export" };
  if (/^postgres(?:ql)?:\/\//i.test(given))
    return withPostgres(given, {}, async (client) => {
      const { rows } = await client.query<{ role: string }>("SELECT current_user AS role");
      return { statements: counted(await readStatements(client, rows[0]?.role ?? "")), source: "pg_stat_statements" };
    });
  const path = resolve(terminal.cwd, given);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return programStatements(path, own.database, terminal);
  if (stats?.isFile() !== true) throw new OptimizeError("not-found", `there is no file ${given}`);
  return { statements: await readWorkload(path), source: given };
}

/** How often each runs is not known: a route that sends it counts as one call. */
async function programStatements(
  folder: string,
  database: string,
  terminal: Terminal,
): Promise<{ statements: readonly WorkloadStatement[]; source: string }> {
  const { config } = await loadConfig(folder, undefined, terminal.cwd);
  const sent = await sentStatements(folder, { config }, terminal);
  const known = sent.statements.filter((one) => (one.database ?? database) === database);
  const whole = known.flatMap(({ planned, routes }) =>
    planned === undefined ? [] : [{ sql: planned, calls: Math.max(1, routes.length) }],
  );
  const left = known.length - whole.length;
  const unsaid = sent.unsaid.reduce((sum, { places }) => sum + places.length, 0);
  if (left + unsaid > 0)
    terminal.err(
      `optimize: of the program's statements ${whole.length} are known whole; ${left} in part and ${unsaid} calls of which none is known are left out (optimize db queries lists them)\n`,
    );
  const builder = workloadBuilder();
  for (const { sql, calls } of whole) builder.add(sql, calls);
  return { statements: builder.statements(), source: "what this folder's program sends" };
}

function counted(statements: NonNullable<DatabaseExport["statements"]>): readonly WorkloadStatement[] {
  const builder = workloadBuilder();
  for (const { sql, calls, milliseconds } of statements) builder.add(sql, calls, milliseconds);
  return builder.statements();
}
