/** Exports by the kind of server that an address names. */
import type { DatabaseExport } from "../model/database-export.ts";
import { OptimizeError } from "../model/errors.ts";
import type { ExportOptions } from "./engines/postgres-export.ts";

/** Throws an OptimizeError("database"). */
export async function exportDatabase(url: string, options: ExportOptions): Promise<DatabaseExport> {
  const protocol = /^([a-z][a-z0-9+]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (protocol === "postgres" || protocol === "postgresql") {
    const { exportPostgres } = await import("./engines/postgres-export.ts");
    return exportPostgres(url, options);
  }
  throw new OptimizeError(
    "usage",
    protocol === undefined ? "that is no address of a database" : `servers of ${protocol} are not exported yet`,
    { hint: "optimize db export postgresql://user@host:5432/name" },
  );
}
