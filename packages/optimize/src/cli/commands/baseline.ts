import { baselineFile, writeBaseline } from "../../guard/baseline.ts";
import { counted } from "../../reporters/layout/words.ts";
import type { Arguments } from "../args.ts";
import type { Command } from "../command.ts";
import { pathSuffix } from "../presenting.ts";
import { commonFlags } from "../scan-flags.ts";
import { scanFolder } from "../scanning.ts";
import type { Terminal } from "../terminal.ts";

const baseline: Command = {
  name: "baseline",
  positionals: ["[path]"],
  flags: commonFlags,
  examples: [["optimize baseline", `write ${baselineFile}; commit it, then use optimize scan --new-only`]],
  run,
};

export default baseline;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [path] = args.positionals;
  const { root, run: scanned } = await scanFolder(path, args, terminal);
  writeBaseline(root, scanned.findings);
  const where = path === undefined || path === "." ? baselineFile : `${path.replace(/[\\/]+$/, "")}/${baselineFile}`;
  terminal.out(
    `${counted(scanned.findings.length, "finding")} accepted in ${where} (commit it). What is new: optimize scan --new-only${pathSuffix(path)}\n`,
  );
  return 0;
}
