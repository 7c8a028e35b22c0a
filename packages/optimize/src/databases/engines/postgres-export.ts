/** `optimize db export` of PostgreSQL: schema, sizes and statistics by one statement that reads. */
import type { DatabaseExport, ExportedTable } from "../../model/database-export.ts";
import { databaseExport } from "../../model/database-export.ts";
import { OptimizeError } from "../../model/errors.ts";
import { withPostgres, type ConnectionOptions } from "./postgres-connection.ts";
import { exportStatement } from "./postgres-export-sql.ts";
import { withinBudget } from "./export-size.ts";
import { namedValues } from "./export-named.ts";
import { withoutValues } from "./export-values.ts";
import { readStatements } from "./postgres-statements.ts";

export interface ExportOptions extends ConnectionOptions {
  /** Keep common values and bounds of the data. */
  readonly values: boolean;
  /** The statements of pg_stat_statements too, by a second statement. */
  readonly statements?: boolean;
  /** The program's own statements: values that they name are kept. */
  readonly namedBy?: readonly string[];
  /** Most bytes; default 200 KB. */
  readonly bytes?: number;
}

const usualBytes = 200_000;

/** Throws an OptimizeError("database"), with the statement that grants what is missing. */
export async function exportPostgres(url: string, options: ExportOptions): Promise<DatabaseExport> {
  return withPostgres(url, options, async (client) => {
    const { rows } = await client.query<{ export: Record<string, unknown> & { role: string; tables: ExportedTable[]; server: string } }>(
      exportStatement,
    );
    const read = rows[0]?.export;
    if (read === undefined) throw new OptimizeError("database", "the server gave no answer");
    const { role, ...rest } = read;
    const statements = options.statements === true ? await readStatements(client, role) : undefined;
    const checked = databaseExport.safeParse({
      format: "optimize-database-export",
      version: 1,
      dialect: "postgresql",
      values: true,
      ...rest,
      server: rest.server.split(" ")[0] ?? "",
      ...(statements === undefined ? {} : { statements }),
      notes: notesOf(read.tables, role),
    });
    if (!checked.success)
      throw new OptimizeError("database", "the server's catalogue is not as this version expects it", { cause: checked.error });
    const stripped = options.values
      ? checked.data
      : withoutValues(checked.data, options.namedBy === undefined ? undefined : namedValues(options.namedBy));
    return withinBudget(stripped, options.bytes ?? usualBytes);
  });
}

function notesOf(tables: readonly ExportedTable[], role: string): string[] {
  const notes: string[] = [];
  const hidden = tables.filter((table) => table.unreadable === true);
  if (hidden.length > 0)
    notes.push(
      `the statistics of ${hidden.length} of ${tables.length} tables may not be read by this role (${hidden
        .slice(0, 5)
        .map((table) => table.name)
        .join(", ")}); GRANT pg_read_all_data TO "${role.replaceAll('"', '""')}" lets it`,
    );
  const never = tables.filter((table) => table.rows < 0 || (table.rows > 0 && table.statistics.length === 0 && table.unreadable !== true));
  if (never.length > 0)
    notes.push(
      `${never.length} of ${tables.length} tables were never analysed (${never
        .slice(0, 5)
        .map((table) => table.name)
        .join(", ")}); ANALYZE on the server makes their statistics`,
    );
  return notes;
}
