/** The proof of an advice: on a copy that the user names, or on rows made from the statistics. */
import type { Advice } from "../advisor/advise.ts";
import { bound } from "../advisor/bind.ts";
import { generatedServer } from "../advisor/generated-server.ts";
import { verifyIndexes, type Proof, type RunSql } from "../advisor/verify.ts";
import { withPostgres } from "../databases/engines/postgres-connection.ts";
import { quotedText } from "../databases/oracle/literals.ts";
import { statisticsOfExport } from "../model/database-export.ts";
import { OptimizeError } from "../model/errors.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import { counted } from "../reporters/layout/words.ts";
import type { DatabaseInput } from "./database-input.ts";
import type { Terminal } from "./terminal.ts";

const timeout = 60_000;

/** Undefined when none was asked for, or nothing was advised. Throws an OptimizeError when it cannot be had. */
export async function proofOf(
  found: Advice,
  input: DatabaseInput,
  where: string | undefined,
  terminal: Terminal,
): Promise<Proof | undefined> {
  if (where === undefined || found.indexes.length === 0) return undefined;
  if (where !== "rows") {
    return withPostgres(where, { writes: true, timeout }, async (client) => {
      const run: RunSql = async (sql) => (await client.query<Record<string, unknown>>(sql)).rows;
      await checkOwner(run, found.indexes);
      return prove(run, found, input, terminal);
    });
  }
  if (input.exported === undefined)
    throw new OptimizeError("usage", "rows are made from statistics, and there are none", {
      hint: "--stats export.json, from optimize db export",
    });
  const server = await generatedServer(input.schema, statisticsOfExport(input.exported), timeout);
  try {
    for (const failure of server.failures.slice(0, 3)) terminal.err(`optimize: ${clean(failure)}\n`);
    return await prove(server.run, found, input, terminal);
  } finally {
    await server.stop();
  }
}

/** Only who owns a table, or belongs to who does, builds an index on it. */
async function checkOwner(run: RunSql, indexes: Advice["indexes"]): Promise<void> {
  const names = indexes.map(({ table }) => `(${quotedText(table.schema ?? "public")}, ${quotedText(table.name)})`);
  const [denied] = await run(
    `SELECT c.relname AS "table", pg_get_userbyid(c.relowner) AS owner, current_user AS role
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE (n.nspname, c.relname) IN (${[...new Set(names)].join(", ")}) AND NOT pg_has_role(current_user, c.relowner, 'USAGE')
      ORDER BY 1 LIMIT 1`,
  );
  if (denied === undefined) return;
  const quoted = (name: unknown): string => `"${String(name).replaceAll('"', '""')}"`;
  throw new OptimizeError("database", `the role ${String(denied["role"])} may build no index on ${String(denied["table"])}`, {
    hint: `GRANT ${quoted(denied["owner"])} TO ${quoted(denied["role"])}; on the copy, or connect as the owner`,
  });
}

async function prove(run: RunSql, found: Advice, input: DatabaseInput, terminal: Terminal): Promise<Proof> {
  const statements: string[] = [];
  const open: string[] = [];
  for (const { sql } of found.statements) {
    const one = await bound(sql, input.schema, run);
    if ("why" in one) open.push(one.why);
    statements.push("sql" in one ? one.sql : sql);
  }
  if (open.length > 0) terminal.err(`optimize: ${counted(open.length, "statement")} cannot be run (${clean(open[0] ?? "")})\n`);
  const clear = terminal.errIsTerminal ? "\r\u001b[K" : "";
  try {
    return await verifyIndexes({
      run,
      statements,
      indexes: found.indexes.map(({ name, table, index, gains }) => ({
        name,
        table,
        index,
        statements: gains.slice(0, 3).map((gain) => gain.statement),
      })),
      ...(clear === "" ? {} : { onProgress: (text: string) => terminal.err(`${clear}${clean(text)}`) }),
    });
  } finally {
    terminal.err(clear);
  }
}
