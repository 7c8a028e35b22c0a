import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { exportDatabase } from "../../../databases/export.ts";
import { splitStatements } from "../../../databases/logs/read.ts";
import { writeWhole } from "../../../engine/store.ts";
import { OptimizeError } from "../../../model/errors.ts";
import { clean, cleanJson } from "../../../reporters/layout/sanitise.ts";
import { counted } from "../../../reporters/layout/words.ts";
import type { Arguments } from "../../args.ts";
import type { Command } from "../../command.ts";
import type { Terminal } from "../../terminal.ts";

const command: Command = {
  name: "db export",
  positionals: ["<url>"],
  flags: {
    output: { type: "string", value: "file", help: "Write it to this file (default: print it)" },
    statements: { type: "boolean", help: "With the statements of pg_stat_statements, which a second statement reads" },
    "with-values": { type: "boolean", help: "With common values and bounds of the data; they are your customers'" },
    for: { type: "string", value: "queries.sql", help: "The program's own statements: values that they name themselves are kept" },
    timeout: { type: "string", value: "seconds", help: "For the connection and for each statement (default: 30)" },
  },
  examples: [
    ["optimize db export postgresql://reader@db.example.org/shop > shop.json", "schema, sizes and statistics, by one statement that reads"],
    ["PGPASSWORD=... optimize db export postgresql://reader@localhost/shop --statements --output shop.json", "with the workload"],
    ["optimize db advise --stats shop.json --workload queries.sql", "what it is for"],
  ],
  run,
};

export default command;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [url = ""] = args.positionals;
  const timeout = Number((args.text("timeout") ?? "30").replace(/s$/, ""));
  if (!(timeout > 0 && timeout <= 3600)) throw new OptimizeError("usage", "--timeout is a number of seconds, up to 3600");
  const own = args.text("for");
  const namedBy = own === undefined ? undefined : statementsIn(resolve(terminal.cwd, own), own);
  const found = await exportDatabase(url, {
    ...(namedBy === undefined ? {} : { namedBy }),
    values: args.has("with-values"),
    statements: args.has("statements"),
    timeout: timeout * 1000,
  });
  const text = cleanJson(`${JSON.stringify(found)}\n`);
  const output = args.text("output");
  if (output === undefined) terminal.out(text);
  else writeWhole(resolve(terminal.cwd, output), text);
  for (const note of found.notes) terminal.err(`optimize: ${clean(note)}\n`);
  const indexes = found.tables.reduce((sum, table) => sum + table.indexes.length, 0);
  terminal.err(
    `${counted(found.tables.length, "table")}, ${counted(indexes, "index", "indexes")}, ${Math.ceil(text.length / 1000)} KB, ${
      found.values ? "with values of the data" : "no values of the data"
    }${output === undefined ? "" : ` in ${clean(output)}`}\n`,
  );
  return 0;
}

function statementsIn(path: string, shown: string): readonly string[] {
  try {
    return splitStatements(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new OptimizeError("unreadable", `${shown} cannot be read`, { cause });
  }
}
