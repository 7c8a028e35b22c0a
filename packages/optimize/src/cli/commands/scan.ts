import { resolve } from "node:path";
import { writeWhole } from "../../engine/store.ts";
import { reporters, type Format } from "../../reporters/index.ts";
import { clean } from "../../reporters/layout/sanitise.ts";
import type { Arguments } from "../args.ts";
import type { Command } from "../command.ts";
import { gate } from "../gate.ts";
import { keepRun } from "../keeping.ts";
import { contextOf, failureLines, nextCommands, pathSuffix } from "../presenting.ts";
import { commonFlags, failLevel, isNarrowed, narrowFlags, showFlags } from "../scan-flags.ts";
import { scanFolder } from "../scanning.ts";
import { select } from "../selection.ts";
import type { Terminal } from "../terminal.ts";

const scan: Command = {
  name: "scan",
  positionals: ["[path]"],
  flags: {
    format: { type: "string", choices: Object.keys(reporters), help: "How findings are printed (default: text)" },
    output: { type: "string", value: "file", help: "Write to a file instead of the terminal" },
    ...showFlags,
    ...narrowFlags,
    failures: { type: "boolean", help: "Show what could not be read instead of findings" },
    ...commonFlags,
  },
  examples: [
    ["optimize scan", "the ten findings that matter most here"],
    ["optimize scan --format json src > run.json", "the whole Run of a folder"],
    ["optimize scan --format sarif --output optimize.sarif", "for GitHub's code scanning; github, gitlab and junit are there too"],
    ["optimize scan --category db --all", "every finding about the database"],
    ["optimize scan --changed origin/main --fail-on high", "a check of a pull request"],
  ],
  run,
};

export default scan;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [path] = args.positionals;
  const scanned = await scanFolder(path, args, terminal);
  const format = (args.text("format") ?? "text") as Format;
  const base = contextOf(scanned, args, terminal);
  const isWhole = !isNarrowed(args);
  const kept = isWhole && keepRun(scanned, base, terminal);
  const failing = failLevel(args, scanned.config);
  // What is kept as it is to be printed is not even read where nothing else is asked.
  if (isWhole && format === "json" && scanned.json !== undefined && failing === undefined) {
    print(scanned.json, args, terminal);
    return 0;
  }
  const selected = await select(scanned.run, scanned.root, args);
  const context = {
    ...base,
    failuresCommand: `optimize scan --failures${pathSuffix(path)}`,
    next: nextCommands(selected.findings, kept, path),
  };
  const failures = args.has("failures") && format !== "json";
  print(failures ? `${failureLines(selected).map(clean).join("\n")}\n` : reporters[format](selected, context), args, terminal);
  return gate(selected.findings, failing, terminal);
}

function print(text: string, args: Arguments, terminal: Terminal): void {
  const output = args.text("output");
  if (output === undefined) return terminal.out(text);
  writeWhole(resolve(terminal.cwd, output), text);
  terminal.err(`optimize: written to ${clean(output)}\n`);
}
