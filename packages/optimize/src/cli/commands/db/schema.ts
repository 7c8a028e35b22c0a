import { loadConfig } from "../../../engine/config.ts";
import { isSchemaText } from "../../../engine/schema/schema-files.ts";
import { projectSchemas } from "../../../engine/schema/project-schemas.ts";
import { schemaDdl } from "../../../model/schema-ddl.ts";
import { tableNamed } from "../../../model/schema.ts";
import { clean, cleanJson } from "../../../reporters/layout/sanitise.ts";
import { schemaLines } from "../../../reporters/layout/schema.ts";
import { painter } from "../../../reporters/layout/style.ts";
import type { Arguments } from "../../args.ts";
import type { Command } from "../../command.ts";
import { folderAt } from "../../scanning.ts";
import { wantsColor, type Terminal } from "../../terminal.ts";

const schema: Command = {
  name: "db schema",
  positionals: ["[path]"],
  flags: {
    format: { type: "string", choices: ["text", "json", "sql"], help: "How it is printed (default: text)" },
    table: { type: "string", value: "name", help: "Only this table, by its name or its model's, with all its columns" },
    config: { type: "string", value: "file", help: "Settings file" },
    "no-color": { type: "boolean", help: "No colour (so does NO_COLOR)" },
    debug: { type: "boolean", help: "Show the stack of an error" },
  },
  examples: [
    ["optimize db schema", "tables with their keys and indexes, what was read, what could not be, where models and migrations differ"],
    ["optimize db schema --table orders", "one table with its columns"],
    ["optimize db schema --format sql > schema.sql", "the same as DDL"],
  ],
  run,
};

export default schema;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const root = folderAt(args.positionals[0], terminal);
  const { config, notices } = await loadConfig(root, args.text("config"), terminal.cwd);
  for (const notice of notices) terminal.err(`optimize: ${clean(notice)}\n`);
  const read = await projectSchemas(root, config);
  const name = args.text("table");
  const schemas = name === undefined ? read.schemas : read.schemas.flatMap((one) => only(one, name));
  if (name !== undefined && schemas.length === 0) terminal.err(`optimize: no table ${clean(name)} was found\n`);
  const format = args.text("format") ?? "text";
  if (format === "json") terminal.out(`${cleanJson(JSON.stringify({ schemas }, null, 2))}\n`);
  else if (format === "sql")
    terminal.out(
      schemas
        .map((one) =>
          schemaDdl(one)
            .map(({ sql }) => `${sql.split("\n").map(clean).join("\n")};\n`)
            .join("\n"),
        )
        .join("\n"),
    );
  else terminal.out(`${schemaLines(schemas, painter(wantsColor(terminal, args.has("no-color"))), name !== undefined).join("\n")}\n`);
  for (const failure of read.failures)
    if (failure.code !== "not-text" || isSchemaText(failure.file))
      terminal.err(`optimize: ${clean(failure.file)}: ${clean(failure.message)}\n`);
  return 0;
}

function only<T extends Parameters<typeof tableNamed>[0]>(schema: T, name: string): T[] {
  const table = tableNamed(schema, name);
  return table === undefined ? [] : [{ ...schema, tables: [table], drift: schema.drift.filter((one) => one.table === table.name) }];
}
