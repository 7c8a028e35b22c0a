import { plainName } from "../../../model/schema.ts";
import { queryLines } from "../../../reporters/layout/queries.ts";
import { clean, cleanJson } from "../../../reporters/layout/sanitise.ts";
import { painter } from "../../../reporters/layout/style.ts";
import { loadConfig } from "../../../engine/config.ts";
import type { Arguments } from "../../args.ts";
import type { Command } from "../../command.ts";
import { folderAt, sentStatements } from "../../scanning.ts";
import { wantsColor, type Terminal } from "../../terminal.ts";

const queries: Command = {
  name: "db queries",
  positionals: ["[path]"],
  flags: {
    format: { type: "string", choices: ["text", "json"], help: "How they are printed (default: text)" },
    table: { type: "string", value: "name", help: "Only statements on this table" },
    "include-tests": { type: "boolean", help: "Read test files too" },
    config: { type: "string", value: "file", help: "Settings file" },
    "no-color": { type: "boolean", help: "No colour (so does NO_COLOR)" },
    debug: { type: "boolean", help: "Show the stack of an error" },
  },
  examples: [
    ["optimize db queries", "what the program sends to its databases, as SQL, with places and routes; nothing is run"],
    ["optimize db queries --table orders --format json", "the same of one table, for programs"],
  ],
  run,
};

export default queries;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const root = folderAt(args.positionals[0], terminal);
  const { config, notices } = await loadConfig(root, args.text("config"), terminal.cwd);
  for (const notice of notices) terminal.err(`optimize: ${clean(notice)}\n`);
  const sent = await sentStatements(root, { config, includeTests: args.has("include-tests") }, terminal);
  const name = args.text("table");
  const statements =
    name === undefined
      ? sent.statements
      : sent.statements.filter(({ table }) => table !== undefined && plainName(table) === plainName(name));
  const unsaid = name === undefined ? sent.unsaid : [];
  if (args.text("format") === "json") terminal.out(`${cleanJson(JSON.stringify({ statements, unsaid }, null, 2))}\n`);
  else terminal.out(`${queryLines({ statements, unsaid }, painter(wantsColor(terminal, args.has("no-color")))).join("\n")}\n`);
  for (const failure of sent.failures) terminal.err(`optimize: ${clean(failure.file)}: ${clean(failure.message)}\n`);
  return 0;
}
