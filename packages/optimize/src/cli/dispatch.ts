/** Finds the command of a command line, runs it, and turns every error into one clear line and an exit code. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { version } from "../engine/version.ts";
import { OptimizeError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import { readArguments } from "./args.ts";
import type { CommandEntry } from "./command.ts";
import { commands } from "./commands/index.ts";
import { errorText, exitCode } from "./failure.ts";
import { commandHelp, groupHelp, mainHelp } from "./help.ts";
import type { Terminal } from "./terminal.ts";

/** Runs one command line and gives its exit code. Never throws. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  // What stands after `--` belongs to another program.
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const debug = argv.slice(0, end).includes("--debug");
  const args = [...argv.slice(0, end).filter((argument) => argument !== "--debug"), ...argv.slice(end)];
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (terminal.signal.aborted) return 130;
    terminal.err(errorText(error, debug));
    return exitCode(error);
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [first] = argv;
  if (first === "--version" || first === "-v") {
    terminal.out(`${version}\n`);
    return 0;
  }
  const isPath = (text: string): boolean => existsSync(resolve(terminal.cwd, text));
  const named = first !== undefined && Object.hasOwn(commands, first) ? first : "";
  if (first === "help" || (named === "" && (argv.includes("--help") || argv.includes("-h"))))
    return help(first === "help" ? argv.slice(1).filter((word) => word !== "") : [], terminal);
  if (named === "" && first !== undefined && !first.startsWith("-") && !isPath(first)) throw unknownCommand(first);
  const entry = commands[named];
  if (entry === undefined) throw unknownCommand(named);
  return runEntry(entry, named === "" ? [] : [named], named === "" ? argv : argv.slice(1), isPath, terminal);
}

/** A command, or the one of a group that the next word names. */
async function runEntry(
  entry: CommandEntry,
  words: readonly string[],
  argv: readonly string[],
  isPath: (text: string) => boolean,
  terminal: Terminal,
): Promise<number> {
  if ("commands" in entry) {
    const [word] = argv;
    if (word === undefined || word === "--help" || word === "-h") {
      terminal.out(groupHelp(words.join(" "), entry.summary, rowsOf(entry.commands)));
      return word === undefined ? 2 : 0;
    }
    return runEntry(entryOf(entry.commands, word, words), [...words, word], argv.slice(1), isPath, terminal);
  }
  const [word = ""] = argv;
  const part = entry.parts !== undefined && Object.hasOwn(entry.parts, word) ? entry.parts[word] : undefined;
  if (part !== undefined) return runEntry(part, [...words, word], argv.slice(1), isPath, terminal);
  const command = (await entry.load()).default;
  const own = command.rest !== undefined && argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  if (own.includes("--help") || own.includes("-h")) {
    terminal.out(commandHelp(command, entry.summary));
    return 0;
  }
  return command.run(readArguments(argv, command, isPath), terminal);
}

async function help(words: readonly string[], terminal: Terminal): Promise<number> {
  if (words.length > 0) {
    const [first = "", ...rest] = words;
    return runEntry(entryOf(commands, first, []), [first], [...rest.slice(0, 1), "--help"], () => false, terminal);
  }
  terminal.out(mainHelp(version, rowsOf(commands)));
  return 0;
}

function rowsOf(table: Readonly<Record<string, CommandEntry>>): (readonly [string, string])[] {
  return Object.entries(table).map(([key, entry]) => [key === "" ? "[path]" : key, entry.summary] as const);
}

function entryOf(table: Readonly<Record<string, CommandEntry>>, word: string, before: readonly string[]): CommandEntry {
  const entry = Object.hasOwn(table, word) && word !== "" ? table[word] : undefined;
  if (entry !== undefined) return entry;
  if (before.length === 0) throw unknownCommand(word);
  const near = nearest(word, Object.keys(table));
  const name = before.join(" ");
  throw new OptimizeError("usage", `there is no command ${name} ${word}${near === undefined ? "" : `; did you mean ${name} ${near}?`}`, {
    hint: `optimize ${name} --help`,
  });
}

function unknownCommand(name: string): OptimizeError {
  const looksLikePath = /[\\/.]/.test(name);
  const near = nearest(
    name,
    Object.keys(commands).filter((key) => key !== ""),
  );
  const message = looksLikePath ? `there is no folder ${name}` : `there is no command and no folder ${name}`;
  return new OptimizeError("usage", near === undefined ? message : `${message}; did you mean ${near}?`, { hint: "optimize --help" });
}
