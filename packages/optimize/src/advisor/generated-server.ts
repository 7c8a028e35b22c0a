/** A server of our own with rows made from statistics: to run on what was only planned. */
import { startServer } from "../databases/engines/native-server.ts";
import type { DatabaseStatistics } from "../model/database-statistics.ts";
import { OptimizeError } from "../model/errors.ts";
import { schemaDdl } from "../model/schema-ddl.ts";
import type { Schema } from "../model/schema.ts";
import { guardDefinition } from "../databases/oracle/statement-guard.ts";
import { fillStatements } from "./generated-rows.ts";
import type { RunSql } from "./verify.ts";

export interface GeneratedServer {
  readonly run: RunSql;
  readonly stop: () => Promise<void>;
  /** Tables that could not be made or filled, and why. */
  readonly failures: readonly string[];
}

/** Throws an OptimizeError("planner") when no server can be started or no table was filled. */
export async function generatedServer(
  schema: Schema,
  statistics: DatabaseStatistics,
  timeout: number,
  from?: string,
): Promise<GeneratedServer> {
  const server = await startServer({ settings: { shared_buffers: "256MB" }, ...(from === undefined ? {} : { from }) });
  try {
    const client = await server.connect({ statement_timeout: String(timeout) });
    const run: RunSql = async (sql) => (await client.query<Record<string, unknown>>(sql)).rows;
    const failures: string[] = [];
    const attempt = async (what: string, sql: string): Promise<boolean> => {
      try {
        await run(sql);
        return true;
      } catch (error) {
        failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        return false;
      }
    };
    for (const { table = "the schema", sql } of schemaDdl(schema, "postgresql")) {
      await guardDefinition(sql).then(
        () => attempt(table, sql),
        (error: unknown) => failures.push(`${table}: ${String(error)}`),
      );
    }
    let filled = 0;
    await run("SELECT setseed(0.5)");
    for (const { table, sql } of fillStatements(schema, statistics)) if (await attempt(table, sql)) filled++;
    if (filled === 0) throw new OptimizeError("planner", `no table could be filled: ${failures[0] ?? "there are no statistics"}`);
    await run("VACUUM ANALYZE");
    return {
      run,
      failures,
      stop: async () => {
        await client.end().catch(() => {});
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
