import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { planFindings } from "../../../databases/plans/findings.ts";
import { readPlan } from "../../../databases/plans/read.ts";
import { OptimizeError } from "../../../model/errors.ts";
import type { Plan } from "../../../model/plan.ts";
import { planTree, remarkLines, short } from "../../../reporters/layout/plan.ts";
import { clean, cleanJson } from "../../../reporters/layout/sanitise.ts";
import { painter } from "../../../reporters/layout/style.ts";
import type { Arguments } from "../../args.ts";
import type { Command } from "../../command.ts";
import { databaseFlags, databaseInput, originOf, plannerOf } from "../../database-input.ts";
import { wantsColor, type Terminal } from "../../terminal.ts";

const plan: Command = {
  name: "db plan",
  positionals: ["<file|query>"],
  flags: {
    ...databaseFlags,
    format: { type: "string", choices: ["text", "json"], help: "How it is printed (default: text)" },
    "no-color": { type: "boolean", help: "No colour (so does NO_COLOR)" },
  },
  examples: [
    ["optimize db plan slow.txt", "what EXPLAIN (ANALYZE, BUFFERS) printed, as text or JSON"],
    ['optimize db plan "SELECT * FROM orders WHERE user_id = $1"', "plans it on this folder's schema, with no server"],
    ["optimize db plan query.sql --stats export.json", "plans it as the exported server would"],
  ],
  run,
};

export default plan;

const largest = 50_000_000;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [given = ""] = args.positionals;
  const path = resolve(terminal.cwd, given);
  const text = existsSync(path) ? contentOf(path, given) : given;
  const read = readPlan(text);
  const { found, origin } =
    read === undefined ? await explained(text, given, args, terminal) : { found: read, origin: `read from ${given}` };
  const remarks = planFindings(found);
  if (args.text("format") === "json") {
    terminal.out(`${cleanJson(JSON.stringify({ origin, plan: found, findings: remarks }, null, 2))}\n`);
    return 0;
  }
  const paint = painter(wantsColor(terminal, args.has("no-color")));
  const time = found.executionMs === undefined ? "" : `, ran ${found.executionMs.toFixed(1)} ms`;
  terminal.out(
    `${[
      ...planTree(found, remarks, Math.max(40, terminal.columns), paint),
      "",
      paint("dim", `${clean(origin)}: cost ${short(found.cost)}, ${short(found.rows)} rows expected${time}`),
      ...(remarks.length === 0 ? ["", "Nothing in it costs more than it must."] : ["", ...remarkLines(remarks, paint)]),
    ].join("\n")}\n`,
  );
  return 0;
}

function contentOf(path: string, given: string): string {
  const stats = statSync(path);
  if (stats.isDirectory()) throw new OptimizeError("usage", `${given} is a folder`, { hint: "name a file that holds a plan or a query" });
  if (stats.size > largest) throw new OptimizeError("too-large", `${given} is larger than ${largest / 1e6} MB`);
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new OptimizeError("unreadable", `${given} cannot be read`, { cause });
  }
}

const statement =
  /^\s*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(?:explain\b[^;]*?\b(?=select|with|insert|update|delete|merge))?\(?\s*(?:select|with|insert|update|delete|merge|values|table)\b/i;

async function explained(text: string, given: string, args: Arguments, terminal: Terminal): Promise<{ found: Plan; origin: string }> {
  if (given === text && !/\s/.test(given)) throw new OptimizeError("not-found", `there is no file ${given}`);
  if (!statement.test(text))
    throw new OptimizeError("usage", `${given === text ? "the text" : given} is no plan and no query`, {
      hint: "EXPLAIN (ANALYZE, BUFFERS) prints a plan; its text and its JSON are read, of PostgreSQL",
    });
  const input = await databaseInput(args, terminal);
  const oracle = await plannerOf(input, args, terminal);
  try {
    const planned = await oracle.plan(text.replace(/^\s*explain\b\s*(?:\([^)]*\)|analyze|verbose|\s)*/i, ""));
    if ("why" in planned)
      throw new OptimizeError("planner", `the query was not planned: ${planned.why}`, { hint: `the schema is ${input.source}` });
    return { found: planned.plan, origin: originOf(input, oracle, args) };
  } finally {
    await oracle.close();
  }
}
