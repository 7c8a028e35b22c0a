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
  const flags = Object.entries(command.flags).map(
    ([name, flag]) => [flag.type === "boolean" ? `--${name}` : `--${name} ${placeholder(flag)}`, flag.help] as const,
  );
  const lines = [summary, "", `Usage: ${usage}`, "", "Options:", ...columns([...flags, ["--help", "Show this page"]])];
  if (command.examples.length > 0) lines.push("", "Examples:", ...columns(command.examples));
  return `${lines.join("\n")}\n`;
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

function columns(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const widest = Math.min(44, Math.max(...rows.map(([left]) => left.length)));
  return rows.flatMap(([left, right]) =>
    left.length > widest ? [`  ${left}`, `  ${" ".repeat(widest)}  ${right}`] : [`  ${left.padEnd(widest)}  ${right}`],
  );
}
