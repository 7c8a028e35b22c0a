import { entryLines } from "../../reporters/layout/entries.ts";
import { cleanJson } from "../../reporters/layout/sanitise.ts";
import { painter } from "../../reporters/layout/style.ts";
import type { Arguments } from "../args.ts";
import type { Command } from "../command.ts";
import { commonFlags } from "../scan-flags.ts";
import { scanFolder } from "../scanning.ts";
import { wantsColor, type Terminal } from "../terminal.ts";

const shownFunctions = 20;

const routes: Command = {
  name: "routes",
  positionals: ["[path]"],
  flags: {
    format: { type: "string", choices: ["text", "json"], help: "How entry points are printed (default: text)" },
    all: { type: "boolean", help: "Every exported function too, not only the first twenty" },
    package: { type: "string", value: "name", help: "Only this package of a monorepo" },
    ...commonFlags,
  },
  examples: [
    ["optimize routes", "queries, writes and calls of each route and job"],
    ["optimize routes --format json", "the same with canonical polynomials"],
  ],
  run,
};

export default routes;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const scanned = await scanFolder(args.positionals[0], args, terminal);
  const { formulas } = scanned.run;
  if (args.text("format") === "json") {
    terminal.out(`${cleanJson(JSON.stringify(formulas, null, 2))}\n`);
    return 0;
  }
  const paint = painter(wantsColor(terminal, args.has("no-color")));
  const entries = formulas.filter((entry) => entry.kind !== "function");
  const functions = formulas.filter((entry) => entry.kind === "function");
  const shown = args.has("all") ? functions : functions.slice(0, shownFunctions);
  const lines = entries.length === 0 ? ["No route or job was found."] : entryLines(entries, paint);
  if (shown.length > 0) lines.push("", ...entryLines(shown, paint));
  const hidden = functions.length - shown.length;
  if (hidden > 0) lines.push("", `${hidden} more ${hidden === 1 ? "function is" : "functions are"} shown with --all`);
  terminal.out(`${lines.join("\n")}\n`);
  return 0;
}
