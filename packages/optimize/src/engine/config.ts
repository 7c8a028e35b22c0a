/** Settings of a project: optimize.config.json, .jsonc, or a .ts whose default export is a literal. Nothing is run unless it was named with --config. */
import { existsSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";
import { OptimizeError } from "../model/errors.ts";
import type { Config } from "./config-schema.ts";
import { errorWord, readBytes } from "./source-text.ts";

export type { Config } from "./config-schema.ts";

export interface LoadedConfig {
  readonly config: Config;
  /** Things that a person should know: a file that was seen and not run. */
  readonly notices: readonly string[];
}

const readable = ["optimize.config.json", "optimize.config.jsonc", "optimize.config.ts"];
const executable = ["optimize.config.js", "optimize.config.mjs", "optimize.config.cjs"];
const maxBytes = 1_000_000;

/**
 * Reads the settings of a folder, or the file that `--config` names (relative to `base`); throws an OptimizeError that lists every
 * problem. A JavaScript file is run, and only when it is named.
 */
export async function loadConfig(root: string, named?: string, base = root): Promise<LoadedConfig> {
  if (named !== undefined) return { config: await validate(await readNamed(resolve(base, named), named), named), notices: [] };
  const present = readable.filter((name) => existsSync(join(root, name)));
  const notices = executable
    .filter((name) => existsSync(join(root, name)))
    .map((name) => `${name} is not run; to run it on purpose: --config ${name}`);
  const [first, second] = present;
  if (second !== undefined) throw new OptimizeError("config", `${present.join(" and ")} are both there; keep one of them`);
  if (first === undefined) return { config: {}, notices };
  return { config: await validate(await readStatic(join(root, first), first), first), notices };
}

async function readNamed(path: string, name: string): Promise<unknown> {
  if (!existsSync(path)) throw new OptimizeError("config", `there is no file ${name}`);
  if (![".js", ".mjs", ".cjs"].includes(extname(path))) return readStatic(path, name);
  try {
    return ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
  } catch (cause) {
    throw new OptimizeError("config", `${name} could not be run: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function readStatic(path: string, name: string): Promise<unknown> {
  let bytes: ReturnType<typeof readBytes>;
  try {
    bytes = readBytes(path, maxBytes, true);
  } catch (cause) {
    throw new OptimizeError("config", `${name} cannot be read (${errorWord(cause)})`, { cause });
  }
  if (bytes === "too-large") throw new OptimizeError("config", `${name} is too large to be settings`);
  if (bytes === "not-a-file") throw new OptimizeError("config", `${name} is no regular file`);
  const text = bytes.toString("utf8").replace(/^\ufeff/u, "");
  if (!/\.[cm]?ts$/.test(path)) return readJson(text, name);
  const { readDefaultExport } = await import("../languages/javascript/literal.ts");
  return readDefaultExport(text, name);
}

function readJson(text: string, name: string): unknown {
  const errors: ParseError[] = [];
  let value: unknown;
  try {
    value = parse(text, errors, { allowTrailingComma: true });
  } catch (cause) {
    if (cause instanceof RangeError) throw new OptimizeError("config", `${name} is nested too deeply`, { cause });
    throw cause;
  }
  if (errors.length === 0) return value;
  const problems = errors.map(({ error, offset }) => {
    const before = text.slice(0, offset).split("\n");
    return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}: ${printParseErrorCode(error)}`;
  });
  throw problemsError(name, problems);
}

async function validate(value: unknown, name: string): Promise<Config> {
  // Loaded only when there are settings: most projects have none.
  const { checkConfig } = await import("./config-schema.ts");
  const checked = checkConfig(value);
  if (isProblems(checked)) throw problemsError(name, checked);
  return checked;
}

function isProblems(checked: Config | readonly string[]): checked is readonly string[] {
  return Array.isArray(checked);
}

function problemsError(name: string, problems: readonly string[]): OptimizeError {
  const [only] = problems;
  const message =
    problems.length === 1
      ? `${name}: ${only}`
      : `${name} has ${problems.length} problems:\n${problems.map((problem) => `  ${problem}`).join("\n")}`;
  return new OptimizeError("config", message);
}
