import { reportPath } from "../../engine/report-path.ts";
import { reportFile } from "../../engine/store.ts";
import { reporters } from "../../reporters/index.ts";
import type { Arguments } from "../args.ts";
import type { Command } from "../command.ts";
import { gate } from "../gate.ts";
import { keepReport, keepRun } from "../keeping.ts";
import { contextOf, nextCommands, pathSuffix } from "../presenting.ts";
import { commonFlags, failLevel, showFlags } from "../scan-flags.ts";
import { scanFolder } from "../scanning.ts";
import type { Terminal } from "../terminal.ts";

const standard: Command = {
  name: "",
  positionals: ["[path]"],
  flags: { ...showFlags, ...commonFlags },
  examples: [
    ["optimize", "scan this folder and write .optimize/report.md"],
    ["optimize packages/api --all", "every finding of a part of a project"],
  ],
  run,
};

export default standard;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [path] = args.positionals;
  const scanned = await scanFolder(path, args, terminal);
  const base = contextOf(scanned, args, terminal);
  const kept = keepRun(scanned, base, terminal);
  const declared = reportPath(scanned.root, scanned.config);
  // A store that cannot be written to has been said already.
  const report = kept || declared !== reportFile ? keepReport(scanned.root, declared, scanned.run, base, terminal) : undefined;
  const suffix = pathSuffix(path);
  const prefix = path === undefined || path === "." ? "" : `${path.replace(/[\\/]+$/, "")}/`;
  terminal.out(
    reporters.text(scanned.run, {
      ...base,
      ...(report === undefined ? {} : { report: prefix + report }),
      failuresCommand: `optimize scan --failures${suffix}`,
      next: nextCommands(scanned.run.findings, kept, path),
    }),
  );
  return gate(scanned.run.findings, failLevel(args, scanned.config), terminal);
}
