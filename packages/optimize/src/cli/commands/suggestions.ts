import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readBytes } from "../../engine/source-text.ts";
import { openStore, writeWhole } from "../../engine/store.ts";
import { mergeSuggestions } from "../../guard/suggestions.ts";
import { clean } from "../../reporters/layout/sanitise.ts";
import { suggestionLines } from "../../reporters/layout/suggestion.ts";
import { counted } from "../../reporters/layout/words.ts";
import type { Arguments } from "../args.ts";
import type { Command } from "../command.ts";
import { contextOf } from "../presenting.ts";
import { commonFlags, narrowFlags, showFlags } from "../scan-flags.ts";
import { scanFolder } from "../scanning.ts";
import { select } from "../selection.ts";
import type { Terminal } from "../terminal.ts";

const defaultFile = ".optimize/suggestions.md";
const maxBytes = 16 * 1024 * 1024;

const suggestions: Command = {
  name: "suggestions",
  positionals: ["[path]"],
  flags: {
    output: { type: "string", value: "file", help: `The document (default: ${defaultFile} of the scanned folder)` },
    tier: showFlags.tier,
    ...narrowFlags,
    ...commonFlags,
  },
  examples: [
    ["optimize suggestions", `write ${defaultFile}, or add to it what is new`],
    ["optimize suggestions --output PERFORMANCE.md", "a document to commit: notes that people write in it stay"],
  ],
  run,
};

export default suggestions;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [path] = args.positionals;
  const scanned = await scanFolder(path, args, terminal);
  const { source } = contextOf(scanned, args, terminal);
  const { findings } = await select(scanned.run, scanned.root, args);
  const output = args.text("output");
  const file = output === undefined ? join(scanned.root, defaultFile) : resolve(terminal.cwd, output);
  if (output === undefined) openStore(scanned.root);
  const before = existsSync(file) ? readBytes(file, maxBytes, true).toString("utf8") : undefined;
  const merged = mergeSuggestions(before, new Map(findings.map((finding) => [finding.id, suggestionLines(finding, source)])));
  if (merged.text !== before) writeWhole(file, merged.text);
  const changes = [
    `${String(merged.added)} added`,
    `${String(merged.kept)} already there`,
    ...(merged.gone > 0 ? [`${String(merged.gone)} no longer found`] : []),
    ...(merged.back > 0 ? [`${String(merged.back)} found again`] : []),
  ];
  terminal.out(`${counted(findings.length, "suggestion")} in ${clean(output ?? defaultFile)}: ${changes.join(", ")}\n`);
  return 0;
}
