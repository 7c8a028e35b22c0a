import { layOutTree } from "../../engine/laid-out-tree.ts";
import { nestedRepositories } from "../../engine/nested-repository.ts";
import { compareRuns } from "../../guard/diff.ts";
import type { Run } from "../../model/finding.ts";
import { changeLines } from "../../reporters/layout/changes.ts";
import { clean, cleanJson } from "../../reporters/layout/sanitise.ts";
import { painter } from "../../reporters/layout/style.ts";
import type { Arguments } from "../args.ts";
import type { Command } from "../command.ts";
import { commonFlags, scanOptions } from "../scan-flags.ts";
import { runScan, scanFolder } from "../scanning.ts";
import { wantsColor, type Terminal } from "../terminal.ts";

const diff: Command = {
  name: "diff",
  positionals: ["<ref>", "[path]"],
  flags: {
    format: { type: "string", choices: ["text", "json"], help: "How changes are printed (default: text)" },
    package: { type: "string", value: "name", help: "Only this package of a monorepo" },
    ...commonFlags,
  },
  examples: [
    ["optimize diff main", "what the present files cost more or less than main"],
    ["optimize diff HEAD~1 packages/api", "for a part of a project"],
  ],
  run,
};

export default diff;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [ref = "", path] = args.positionals;
  const after = await scanFolder(path, args, terminal);
  const tree = await layOutTree(after.root, ref);
  try {
    const { keep: _, ...options } = scanOptions(args, after.config);
    const before = await runScan(tree.root, { ...options, boundary: tree.boundary }, terminal);
    const changes = compareRuns(before, ownOf(after.root, after.run, terminal));
    if (args.text("format") === "json") terminal.out(`${cleanJson(JSON.stringify(changes, null, 2))}\n`);
    else if (changes.length === 0) terminal.out(`No entry point costs more or less than at ${clean(ref)}.\n`);
    else terminal.out(`${changeLines(changes, painter(wantsColor(terminal, args.has("no-color")))).join("\n")}\n`);
    return 0;
  } finally {
    await tree.remove();
  }
}

/** A submodule is not part of the commit: compared with it, everything in it would be new. */
function ownOf(root: string, run: Run, terminal: Terminal): Run {
  const repositoryOf = nestedRepositories(root);
  const others = new Set<string>();
  const formulas = run.formulas.filter(({ site }) => {
    const other = repositoryOf(site.file);
    if (other !== undefined) others.add(other);
    return other === undefined;
  });
  for (const other of others) terminal.err(`optimize: ${clean(other)} is a repository of its own and is not compared\n`);
  return { ...run, formulas };
}
