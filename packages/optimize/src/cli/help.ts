import { placeholder } from "./args.ts";
import type { Command } from "./command.ts";

/** The page of one command. */
export function commandHelp(command: Command, summary: string): string {
  const usage = [
    "optimize",
    command.name,
    ...command.positionals,
    Object.keys(command.flags).length > 0 ? "[options]" : "",
    command.rest ?? "",
  ]
    .filter((part) => part !== "")
    .join(" ");
  const lines = [summary, "", `Usage: ${usage}`, ...flagLines(command)];
  if (command.examples.length > 0) lines.push("", "Examples:", ...columns(command.examples));
  if (command.notes !== undefined) lines.push("", ...command.notes);
  return `${lines.join("\n")}\n`;
}

/** Those of no group come last, under "Options:". All have one column, so that the page is read as one. */
function flagLines({ flags }: Command): string[] {
  const rows = Object.entries(flags).map(([name, flag]) => ({
    group: flag.group ?? "Options",
    row: [flag.type === "boolean" ? `--${name}` : `--${name} ${placeholder(flag)}`, flag.help] as const,
  }));
  rows.push({ group: "Options", row: ["--help", "Show this page"] });
  const texts = rowsInColumns(rows.map(({ row }) => row));
  const groups = new Map<string, string[]>();
  for (const [place, { group }] of rows.entries()) groups.set(group, [...(groups.get(group) ?? []), ...(texts[place] ?? [])]);
  const own = groups.get("Options") ?? [];
  groups.delete("Options");
  return [...groups, ["Options", own] as const].flatMap(([group, list]) => ["", `${group}:`, ...list]);
}

/** The page of a word that stands before several commands. */
export function groupHelp(name: string, summary: string, commands: readonly (readonly [name: string, summary: string])[]): string {
  const lines = [summary, "", `Usage: optimize ${name} <command> [options]`, "", "Commands:", ...columns(commands)];
  return `${[...lines, "", `optimize ${name} <command> --help says what a command can do`].join("\n")}\n`;
}

/** The first page: what the tool does and which commands there are. */
export function mainHelp(version: string, commands: readonly (readonly [name: string, summary: string])[]): string {
  return [
    `optimize ${version}: finds what is slow in a codebase by reading it; runs nothing of it`,
    "",
    "Usage: optimize [path]",
    "       optimize <command> [options]",
    "",
    "Commands:",
    ...columns(commands),
    "",
    "Examples:",
    ...columns([
      ["optimize", "scan this folder and write .optimize/report.md"],
      ["optimize scan --format json src", "the same findings for a program"],
      ["optimize <command> --help", "what a command can do"],
    ]),
    "",
    "Exit codes: 0 done, 1 a gate failed (--fail-on), 2 wrong usage or settings, 3 inconclusive, 4 a fault of optimize itself, 130 interrupted",
    "",
  ].join("\n");
}

type Row = readonly [left: string, right: string];
const columns = (rows: readonly Row[]): string[] => rowsInColumns(rows).flat();

/** The lines of each row: two where the left one is long. */
function rowsInColumns(rows: readonly Row[]): string[][] {
  const widest = Math.min(44, Math.max(...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) =>
    left.length > widest ? [`  ${left}`, `  ${" ".repeat(widest)}  ${right}`] : [`  ${left.padEnd(widest)}  ${right}`],
  );
}
