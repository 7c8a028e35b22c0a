/** What a command about databases works on: an export, a file of SQL, or the models and migrations of a folder. */
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { openOracle, type PostgresOracle } from "../databases/oracle/postgres.ts";
import { loadConfig } from "../engine/config.ts";
import { projectSchemas } from "../engine/schema/project-schemas.ts";
import { readSchemas } from "../engine/schema/read.ts";
import { openStore } from "../engine/store.ts";
import { schemaOfExport, statisticsOfExport, type DatabaseExport } from "../model/database-export.ts";
import { OptimizeError } from "../model/errors.ts";
import type { Schema } from "../model/schema.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import type { Arguments, Flag } from "./args.ts";
import { readExport } from "./export-input.ts";
import { folderAt } from "./scanning.ts";
import type { Terminal } from "./terminal.ts";

export const databaseFlags: Readonly<Record<string, Flag>> = {
  stats: { type: "string", value: "export.json", help: "Schema and statistics of a server, from optimize db export" },
  schema: {
    type: "string",
    value: "path",
    help: "Schema from this folder or file of SQL (default: the models and migrations of this folder)",
  },
  database: { type: "string", value: "name", help: "Which database, when a project has several" },
  rows: { type: "string", value: "count", help: "Rows of a table without statistics (default: 1e6)" },
  planner: { type: "string", choices: ["any", "embedded", "native"], help: "Which planner answers (default: any)" },
};

export interface DatabaseInput {
  readonly schema: Schema;
  readonly exported: DatabaseExport | undefined;
  /** For people: "shop.json (PostgreSQL 17.2)". */
  readonly source: string;
}

const dialectNames: Readonly<Record<Schema["dialect"], string>> = {
  postgresql: "PostgreSQL",
  mysql: "a schema of MySQL",
  sqlite: "a schema of SQLite",
  mssql: "a schema of SQL Server",
  mongodb: "a schema of MongoDB",
  unknown: "a schema that does not say its database",
};

/** Throws an OptimizeError when there is no schema to work on. */
export async function databaseInput(args: Arguments, terminal: Terminal): Promise<DatabaseInput> {
  const stats = args.text("stats");
  if (stats !== undefined) {
    const exported = readExport(resolve(terminal.cwd, stats), stats);
    return { schema: schemaOfExport(exported), exported, source: `${stats} (PostgreSQL ${exported.server})` };
  }
  const path = args.text("schema");
  const absolute = resolve(terminal.cwd, path ?? ".");
  const isFile = statSync(absolute, { throwIfNoEntry: false })?.isFile() === true;
  const schemas = isFile ? schemasOfFile(absolute, path ?? "", terminal) : await schemasOfFolder(path, terminal);
  const schema = chosen(schemas, args.text("database"), path ?? "this folder");
  if (schema.dialect !== "postgresql")
    terminal.err(`optimize: ${dialectNames[schema.dialect]} is planned by PostgreSQL here; another server may choose otherwise\n`);
  return { schema, exported: undefined, source: path ?? "this folder's models and migrations" };
}

function schemasOfFile(path: string, shown: string, terminal: Terminal): readonly Schema[] {
  const read = readSchemas({
    facts: new Map(),
    files: [{ file: shown, text: readFileSync(path, "utf8") }],
    resolve: () => undefined,
    packageDir: () => "",
    dependencies: () => new Set(),
  });
  for (const { message } of read.failures) terminal.err(`optimize: ${clean(shown)}: ${clean(message)}\n`);
  return read.schemas;
}

async function schemasOfFolder(path: string | undefined, terminal: Terminal): Promise<readonly Schema[]> {
  const root = folderAt(path, terminal);
  const { config } = await loadConfig(root, undefined, terminal.cwd);
  const read = await projectSchemas(root, config);
  for (const { file, message, code } of read.failures)
    if (code !== "not-text") terminal.err(`optimize: ${clean(file)}: ${clean(message)}\n`);
  return read.schemas.filter((schema) => schema.dialect !== "mongodb");
}

function chosen(schemas: readonly Schema[], name: string | undefined, where: string): Schema {
  const named = name === undefined ? schemas : schemas.filter((schema) => schema.name === name);
  const [first] = named;
  if (first === undefined)
    throw new OptimizeError("not-found", `no tables were found in ${where}`, {
      hint: "--schema names a folder or a file of SQL, --stats an export: optimize db export <url> > export.json",
    });
  if (named.length > 1)
    throw new OptimizeError("usage", `there are ${named.length} databases: ${named.map((one) => one.name || "(unnamed)").join(", ")}`, {
      hint: "--database names one",
    });
  return first;
}

/** A planner of it. What of the schema it did not take is told on stderr. */
export async function plannerOf(
  input: DatabaseInput,
  args: Arguments,
  terminal: Terminal,
  extensions: readonly string[] = [],
): Promise<PostgresOracle> {
  const rows = args.text("rows") === undefined ? undefined : Number(args.text("rows"));
  if (rows !== undefined && !(rows >= 1 && rows <= 1e11)) throw new OptimizeError("usage", "--rows is a number of rows, from 1 to 1e11");
  const wait = waiting("starting the planner", terminal);
  const oracle = await openOracle({
    schema: input.schema,
    ...cacheIn(terminal.cwd),
    extensions,
    engine: (args.text("planner") ?? "any") as "any" | "embedded" | "native",
    ...(rows === undefined ? {} : { rows }),
    ...(input.exported === undefined ? {} : { statistics: statisticsOfExport(input.exported) }),
  }).finally(wait);
  if (oracle.notice !== undefined) terminal.err(`optimize: ${clean(oracle.notice)}\n`);
  const { failures } = oracle;
  for (const { table, why } of failures.slice(0, 5)) terminal.err(`optimize: ${clean(table ?? "the schema")}: ${clean(why)}\n`);
  if (failures.length > 5) terminal.err(`optimize: ${failures.length - 5} more of the schema's definitions were not taken\n`);
  return oracle;
}

/** Says on a terminal what takes its time, until the function that it gives is called. */
export function waiting(what: string, terminal: Terminal): () => void {
  if (!terminal.errIsTerminal) return () => {};
  terminal.err(`${what} ...`);
  return () => terminal.err("\r\u001b[K");
}

/** In the folder's store; what cannot be written there makes the next start slower. */
function cacheIn(folder: string): { readonly cache?: string } {
  try {
    openStore(folder);
    return { cache: join(folder, ".optimize", "cache") };
  } catch {
    return {};
  }
}

/** Which planner it was, and on which assumptions: goes with every figure. */
export function originOf(input: DatabaseInput, oracle: PostgresOracle, args: Arguments): string {
  const major = input.exported === undefined ? undefined : Number.parseInt(input.exported.server, 10);
  const other =
    major !== undefined && major !== oracle.major
      ? `; your server is PostgreSQL ${input.exported?.server ?? ""}, whose planner may differ`
      : "";
  const size =
    input.exported === undefined
      ? `; the real size is unknown, every table has ${Number(args.text("rows") ?? 1e6).toLocaleString("en-US")} rows here`
      : input.exported.values
        ? ""
        : "; statistics without values";
  return `planned by ${oracle.planner}${size}${other}`;
}
