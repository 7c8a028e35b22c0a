/** A small table over node:util parseArgs: what is not in the table is an error with the nearest suggestion. */
import { parseArgs } from "node:util";
import { OptimizeError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";

export interface Flag {
  /** `optional`: takes a value only when one follows that is not a path; then `true`. */
  readonly type: "boolean" | "string" | "optional";
  /** How the value is called in the help. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Can be given several times, or once with commas. */
  readonly multiple?: boolean;
  /** Can be given several times; a comma is a part of the value. */
  readonly repeated?: boolean;
  readonly help: string;
  /** The heading that it stands under in the help, where a command has many. */
  readonly group?: string;
}

export interface Signature {
  readonly name: string;
  /** "[path]", "<ref> [path]", "<file...>"; one name each, optional ones in brackets, dots after the last one that takes all that follow. */
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** Takes another program's command line after `--`; how it is called in the help. */
  readonly rest?: string;
}

export interface Arguments {
  readonly positionals: readonly string[];
  /** What stands after `--`, for commands that take a command line. */
  readonly rest: readonly string[];
  readonly has: (flag: string) => boolean;
  /** The value of a flag, undefined when it was not given or was given without one. */
  readonly text: (flag: string) => string | undefined;
  readonly list: (flag: string) => readonly string[];
}

/** Flags that belong together, under a heading of the help. */
export function grouped(group: string, flags: Readonly<Record<string, Flag>>): Readonly<Record<string, Flag>> {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, { ...flag, group }]));
}

/** Reads arguments by a command's table. `isPath` decides for `--changed x` whether x is its value or the path. Throws OptimizeError("usage"). */
export function readArguments(argv: readonly string[], signature: Signature, isPath: (text: string) => boolean): Arguments {
  const { flags } = signature;
  const end = signature.rest === undefined ? -1 : argv.indexOf("--");
  const args = joinOptionalValues(end < 0 ? argv : argv.slice(0, end), flags, isPath);
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      { type: flag.type === "boolean" ? ("boolean" as const) : ("string" as const), multiple: true },
    ]),
  );
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind === "option") readFlag(token.name, token.rawName, token.value, token.inlineValue === true, signature, values);
  }
  checkPositionals(positionals, signature);
  return {
    positionals,
    rest: end < 0 ? [] : argv.slice(end + 1),
    has: (flag) => values.has(flag),
    text: (flag) => values.get(flag)?.at(-1),
    list: (flag) => values.get(flag) ?? [],
  };
}

function readFlag(
  name: string,
  raw: string,
  value: string | undefined,
  inline: boolean,
  signature: Signature,
  values: Map<string, string[]>,
): void {
  const flag = Object.hasOwn(signature.flags, name) ? signature.flags[name] : undefined;
  if (flag === undefined || !raw.startsWith("--")) throw unknownFlag(raw, signature);
  const given = values.get(name) ?? [];
  values.set(name, given);
  if (flag.type === "boolean") {
    if (inline) throw usage(`--${name} takes no value`, signature);
    return;
  }
  if (value === undefined || value === "") {
    if (flag.type === "optional") return;
    throw usage(`--${name} needs a value: ${placeholder(flag)}`, signature);
  }
  if (!inline && value.startsWith("-") && value.length > 1)
    throw usage(`--${name} needs a value: ${placeholder(flag)} (write --${name}=${value} when it begins with a dash)`, signature);
  for (const part of flag.multiple === true ? value.split(",").map((text) => text.trim()) : [value]) {
    if (flag.choices !== undefined && !flag.choices.includes(part)) {
      throw usage(
        `--${name} is one of ${flag.choices.join(", ")}, not ${JSON.stringify(part)}${meant(nearest(part, flag.choices))}`,
        signature,
      );
    }
    given.push(part);
  }
}

function checkPositionals(positionals: readonly string[], signature: Signature): void {
  const isOpen =
    signature.positionals
      .at(-1)
      ?.replace(/[\]>]$/, "")
      .endsWith("...") === true;
  const extra = isOpen ? undefined : positionals[signature.positionals.length];
  if (extra !== undefined) throw usage(`${JSON.stringify(extra)} is one argument too many`, signature);
  const missing = signature.positionals.find((name, index) => name.startsWith("<") && positionals[index] === undefined);
  if (missing !== undefined) throw usage(`${missing} is missing`, signature);
}

/** `--changed main` -> `--changed=main`; a value that is a path, a flag or missing leaves `--changed=`. */
function joinOptionalValues(argv: readonly string[], flags: Signature["flags"], isPath: (text: string) => boolean): string[] {
  const joined: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? "";
    if (argument === "--") return [...joined, ...argv.slice(index)];
    const name = argument.slice(2);
    if (!argument.startsWith("--") || !Object.hasOwn(flags, name) || flags[name]?.type !== "optional") {
      joined.push(argument);
      continue;
    }
    const next = argv[index + 1];
    if (next === undefined || next.startsWith("-") || isPath(next)) joined.push(`${argument}=`);
    else {
      joined.push(`${argument}=${next}`);
      index += 1;
    }
  }
  return joined;
}

/** "<text|json>", "[ref]" */
export function placeholder(flag: Flag): string {
  const name = flag.choices?.join("|") ?? flag.value ?? "value";
  return flag.type === "optional" ? `[${name}]` : `<${name}>`;
}

function unknownFlag(raw: string, signature: Signature): OptimizeError {
  const near = nearest(raw.replace(/^-+/, ""), Object.keys(signature.flags));
  return usage(`there is no option ${raw}${meant(near === undefined ? undefined : `--${near}`)}`, signature);
}

function meant(near: string | undefined): string {
  return near === undefined ? "" : `; did you mean ${near}?`;
}

function usage(message: string, signature: Signature): OptimizeError {
  return new OptimizeError("usage", message, { hint: `optimize ${signature.name === "" ? "" : `${signature.name} `}--help` });
}
