/** Finds the command of a command line, runs it, and turns every error into one clear line and an exit code. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { version } from "../engine/version.ts";
import { OptimizeError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import { readArguments } from "./args.ts";
import type { Command } from "./command.ts";
import { commands } from "./commands/index.ts";
import { errorText, exitCode } from "./failure.ts";
import { commandHelp, mainHelp } from "./help.ts";
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
    return help(first === "help" ? argv[1] : undefined, terminal);
  if (named === "" && first !== undefined && !first.startsWith("-") && !isPath(first)) throw unknownCommand(first);
  const command = await load(named);
  const rest = named === "" ? argv : argv.slice(1);
  const own = command.rest !== undefined && rest.includes("--") ? rest.slice(0, rest.indexOf("--")) : rest;
  if (own.includes("--help") || own.includes("-h")) {
    terminal.out(commandHelp(command, commands[named]?.summary ?? ""));
    return 0;
  }
  return command.run(readArguments(rest, command, isPath), terminal);
}

async function help(name: string | undefined, terminal: Terminal): Promise<number> {
  if (name !== undefined && name !== "") {
    if (!Object.hasOwn(commands, name)) throw unknownCommand(name);
    terminal.out(commandHelp(await load(name), commands[name]?.summary ?? ""));
    return 0;
  }
  const rows = Object.entries(commands).map(([key, entry]) => [key === "" ? "[path]" : key, entry.summary] as const);
  terminal.out(mainHelp(version, rows));
  return 0;
}

async function load(name: string): Promise<Command> {
  const entry = commands[name];
  if (entry === undefined) throw unknownCommand(name);
  return (await entry.load()).default;
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
