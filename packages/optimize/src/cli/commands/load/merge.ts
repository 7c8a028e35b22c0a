import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { writeWhole } from "../../../engine/store.ts";
import { mergeResults } from "../../../load/merge.ts";
import { OptimizeError } from "../../../model/errors.ts";
import type { LoadResult } from "../../../model/load.ts";
import { painter } from "../../../reporters/layout/style.ts";
import { loadFormats } from "../../../reporters/load/index.ts";
import { resultOf } from "../../../load/read-result.ts";
import type { Arguments } from "../../args.ts";
import type { Command } from "../../command.ts";
import { wantsColor, type Terminal } from "../../terminal.ts";
import { exitCodes } from "../../load-exit.ts";

const command: Command = {
  name: "load merge",
  positionals: ["<file...>"],
  flags: {
    format: { type: "string", choices: Object.keys(loadFormats), help: "How the result is printed (default: text)" },
    output: { type: "string", value: "file", help: "Write the whole result as JSON to a file too" },
    "no-color": { type: "boolean", help: "Plain text" },
  },
  examples: [
    ["optimize load merge part-0.json part-1.json part-2.json", "results of three machines as one run"],
    ["optimize load merge parts.jsonl", "the same, one result a line"],
  ],
  run,
};

export default command;

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const result = mergeResults(args.positionals.flatMap((file) => resultsIn(file, terminal)));
  const output = args.text("output");
  terminal.out(loadFormats[args.text("format") ?? "text"]?.(result, painter(wantsColor(terminal, args.has("no-color")))) ?? "");
  if (output !== undefined) writeWhole(resolve(terminal.cwd, output), loadFormats["json"]?.(result, painter(false)) ?? "");
  return exitCodes[result.verdict];
}

/** One result, or several, one a line. */
function resultsIn(file: string, terminal: Terminal): LoadResult[] {
  let text: string;
  try {
    text = readFileSync(resolve(terminal.cwd, file), "utf8");
  } catch (cause) {
    throw new OptimizeError("not-found", `${file} cannot be read`, { cause });
  }
  const lines = text.split("\n").filter((line) => line.trimStart().startsWith("{"));
  const found = (lines.length > 1 ? lines : [text]).map((one) => resultOf(one));
  if (found.some((one) => one === undefined))
    throw new OptimizeError("usage", `${file} is no result of optimize load`, {
      hint: "write it with optimize load --segment 0/3 --output part-0.json",
    });
  return found.flatMap((one) => (one === undefined ? [] : [one]));
}
