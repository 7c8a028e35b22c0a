import { sourceLines } from "../../engine/excerpts.ts";
import { ruleIds, rulePage } from "../../engine/pages.ts";
import { readRun } from "../../engine/kept-run.ts";
import { runFile } from "../../engine/store.ts";
import { OptimizeError } from "../../model/errors.ts";
import type { Finding, Run } from "../../model/finding.ts";
import { readingOrder } from "../../model/finding.ts";
import { nearest } from "../../model/nearest.ts";
import { recipes } from "../../recipes/index.ts";
import { rules } from "../../rules/index.ts";
import { findingBlock } from "../../reporters/layout/block.ts";
import { clean } from "../../reporters/layout/sanitise.ts";
import { painter } from "../../reporters/layout/style.ts";
import { place } from "../../reporters/layout/words.ts";
import type { Arguments } from "../args.ts";
import type { Command } from "../command.ts";
import { pathSuffix } from "../presenting.ts";
import { unknownRule } from "../scan-flags.ts";
import { folderAt } from "../scanning.ts";
import { wantsColor, type Terminal } from "../terminal.ts";

const explain: Command = {
  name: "explain",
  positionals: ["[rule|id]", "[path]"],
  flags: {
    "no-color": { type: "boolean", help: "No colour (so does NO_COLOR)" },
    debug: { type: "boolean", help: "Show the stack of an error" },
  },
  examples: [
    ["optimize explain", "all rules"],
    ["optimize explain db/n-plus-one", "what a rule looks for, how it proves it, when it is not worth it"],
    ["optimize explain 7f3a", "a finding of the last scan, by four or more characters of its id"],
  ],
  run,
};

export default explain;

function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [subject, path] = args.positionals;
  if (subject === undefined) {
    terminal.out(`${ruleIds().join("\n")}\n`);
    return Promise.resolve(0);
  }
  const page = rulePage(subject);
  if (page !== undefined) {
    terminal.out(`${page.trimEnd()}\n${recipeSection(subject)}`);
    return Promise.resolve(0);
  }
  if (subject.includes("/")) throw unknownRule(subject);
  const root = folderAt(path, terminal);
  const run = readRun(root);
  if (run === undefined)
    throw new OptimizeError("unknown-finding", `there is no kept scan that could hold ${subject}`, {
      hint: `optimize scan${pathSuffix(path)}`,
    });
  if (run === "unreadable")
    throw new OptimizeError("unknown-finding", `${runFile} is no scan that this version can read`, {
      hint: `write it anew: optimize scan${pathSuffix(path)}`,
    });
  terminal.out(`${findingLines(findById(run, subject, path), root, args, terminal).join("\n")}\n`);
  return Promise.resolve(0);
}

/** What `optimize add` has against what a rule finds. */
function recipeSection(id: string): string {
  const named = rules.find((rule) => rule.id === id)?.recipe ?? {};
  const lines = Object.entries(named).map(([language, recipe]) => {
    const summary = recipes.find(({ name }) => name === recipe)?.summary ?? "";
    return `- ${language === "python" ? "Python" : "TypeScript, JavaScript"}: \`optimize add ${recipe}\` (${summary})`;
  });
  return lines.length === 0 ? "" : `\n## Recipe\n\n${lines.join("\n")}\n`;
}

function findById(run: Run, prefix: string, path: string | undefined): Finding {
  const matching = prefix.length < 4 ? [] : run.findings.filter((finding) => finding.id.startsWith(prefix));
  const [only, second] = matching;
  if (only === undefined && /^[\da-f]{1,3}$/.test(prefix))
    throw new OptimizeError("unknown-finding", `${prefix} is too short for an id`, { hint: "give four or more characters of it" });
  if (only === undefined) {
    const near = nearest(prefix, ruleIds());
    const hint =
      near === undefined ? `optimize scan${pathSuffix(path)} lists ids; optimize explain lists rules` : `optimize explain ${near}`;
    throw new OptimizeError("unknown-finding", `${prefix} is no rule, and no finding of the last scan begins with it`, { hint });
  }
  if (second !== undefined)
    throw new OptimizeError("unknown-finding", `${prefix} stands for ${matching.length} findings; give more of the id`, {
      hint: matching.map((finding) => finding.id).join(", "),
    });
  return only;
}

function findingLines(finding: Finding, root: string, args: Arguments, terminal: Terminal): string[] {
  const color = wantsColor(terminal, args.has("no-color"));
  const columns = Math.min(120, Math.max(60, terminal.columns));
  const context = { source: sourceLines(root), columns, color, all: true };
  const lines = [...findingBlock(finding, finding.id, context, columns, painter(color))];
  if (finding.reason !== undefined && finding.tier !== "candidate") lines.push(`          Why not more ${clean(finding.reason)}`);
  const way = readingOrder(finding);
  if (way.length > 0) lines.push("", "Call path");
  for (const related of way)
    lines.push(`  ${place(related)}  ${clean(related.role)}${related.note === undefined ? "" : `  ${clean(related.note)}`}`);
  if (finding.routes.length > 0) lines.push("", "Reached by", ...finding.routes.map((route) => `  ${clean(route)}`));
  if (finding.better !== undefined) lines.push("", "Better", ...finding.better.split(/\r?\n/).map((line) => `  ${clean(line)}`));
  return [...lines, "", `What the rule looks for: optimize explain ${clean(finding.rule)}`];
}
