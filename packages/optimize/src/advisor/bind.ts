/** Values for the placeholders of a statement, out of the rows that it will look at: so that it can be run where its own values are not known. */
import { planable } from "../databases/oracle/placeholders.ts";
import { quoted } from "../model/schema-ddl.ts";
import type { Schema, Table } from "../model/schema.ts";
import { sqlTokens } from "../model/sql-tokens.ts";
import { parseStatement } from "./parse.ts";
import { tableUses } from "./query-shape.ts";
import type { Condition } from "./scope.ts";
import type { RunSql } from "./verify.ts";

/** The statement with values, or why it has none. */
export async function bound(sql: string, schema: Schema, run: RunSql): Promise<{ readonly sql: string } | { readonly why: string }> {
  const statement = planable(sql);
  const open = [...new Set(sqlTokens(statement).flatMap(({ kind, text }) => (kind === "placeholder" ? [text] : [])))];
  if (open.length === 0) return { sql: statement };
  const values = new Map<string, string>();
  try {
    for (const use of tableUses(await parseStatement(statement), statement, schema))
      for (const condition of use.arms.flat()) {
        const name = `$${condition.parameter ?? 0}`;
        if (condition.parameter === undefined || values.has(name)) continue;
        const value = await valueFor(condition, use.table, run);
        if (value !== undefined) values.set(name, value);
      }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
  const missing = open.find((name) => !values.has(name));
  if (missing !== undefined) return { why: `no value is known for ${missing}` };
  let text = "";
  let end = 0;
  for (const token of sqlTokens(statement)) {
    if (token.kind !== "placeholder") continue;
    text += statement.slice(end, token.at) + (values.get(token.text) ?? "NULL");
    end = token.end;
  }
  return { sql: text + statement.slice(end) };
}

/** The value in the middle of the first thousand rows: of many rows it is likely a common one. */
async function valueFor({ column, expression, kind }: Condition, table: Table, run: RunSql): Promise<string | undefined> {
  const subject = column === undefined ? (expression ?? "NULL") : quoted(column, "postgresql");
  const name = `${table.schema === undefined ? "" : `${quoted(table.schema, "postgresql")}.`}${quoted(table.name, "postgresql")}`;
  const rows = await run(
    `SELECT (array_agg(v ORDER BY v))[(count(*) + 1) / 2]::text AS v FROM (SELECT ${subject} AS v FROM ${name} WHERE ${subject} IS NOT NULL LIMIT 1000) s`,
  );
  const value = rows[0]?.["v"];
  if (typeof value !== "string") return undefined;
  const text = kind === "like" || kind === "prefix" ? `%${value.slice(0, 6).replaceAll(/[%_\\]/g, "")}%` : value;
  return `'${text.replaceAll("'", "''")}'`;
}
