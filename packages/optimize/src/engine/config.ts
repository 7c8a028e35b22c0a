/** Settings of a project: optimize.config.json, .jsonc, or a .ts whose default export is a literal. Nothing is run unless it was named with --config. */
import { existsSync } from "node:fs";
import { extname, isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";
import { z } from "zod";
import { readDefaultExport } from "../languages/javascript/literal.ts";
import { OptimizeError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import { severities, tiers } from "../model/run-schema.ts";
import { ruleIds } from "./pages.ts";
import { errorWord, readBytes } from "./source-text.ts";

const globs = z.array(z.string().min(1));
const insidePath = z
  .string()
  .refine((path) => !isAbsolute(path) && !path.split(/[\\/]/).includes(".."), "must be a path inside the project");

const configSchema = z.strictObject({
  /** Globs of what is read; absent: everything. */
  include: globs.exactOptional(),
  /** Globs of what is not read. */
  exclude: globs.exactOptional(),
  /** Switches a rule off, or shows it as a candidate only. */
  rules: z.record(z.string(), z.enum(["off", "candidate"])).exactOptional(),
  /** Tiers that are shown; absent: likely and proven. */
  tiers: z.array(z.enum(tiers)).exactOptional(),
  /** The severity or tier from which `scan` ends with exit code 1. */
  failOn: z.enum([...severities, ...tiers]).exactOptional(),
  /** More entry points: `file.ts` or `file.ts#function`. */
  entryPoints: z.array(z.string().min(1)).exactOptional(),
  /** Globs of the folders that are packages of a monorepo; absent: the workspaces of the package manager. */
  packages: globs.exactOptional(),
  /** Where the Markdown report goes. */
  report: insidePath.exactOptional(),
});

export type Config = z.infer<typeof configSchema>;

export interface LoadedConfig {
  readonly config: Config;
  /** Things that a person should know: a file that was seen and not run. */
  readonly notices: readonly string[];
}

const readable = ["optimize.config.json", "optimize.config.jsonc", "optimize.config.ts"];
const executable = ["optimize.config.js", "optimize.config.mjs", "optimize.config.cjs"];
const maxBytes = 1_000_000;

/** Reads the settings of a folder, or the file that `--config` names; throws an OptimizeError that lists every problem. */
export async function loadConfig(root: string, named?: string): Promise<LoadedConfig> {
  if (named !== undefined) return { config: validate(await readNamed(resolve(named), named), named), notices: [] };
  const present = readable.filter((name) => existsSync(join(root, name)));
  const notices = executable
    .filter((name) => existsSync(join(root, name)))
    .map((name) => `${name} is not run; to run it on purpose: --config ${name}`);
  const [first, second] = present;
  if (second !== undefined) throw new OptimizeError("config", `${present.join(" and ")} are both there; keep one of them`);
  if (first === undefined) return { config: {}, notices };
  return { config: validate(readStatic(join(root, first), first), first), notices };
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

function readStatic(path: string, name: string): unknown {
  let bytes: ReturnType<typeof readBytes>;
  try {
    bytes = readBytes(path, maxBytes, true);
  } catch (cause) {
    throw new OptimizeError("config", `${name} cannot be read (${errorWord(cause)})`, { cause });
  }
  if (bytes === "too-large") throw new OptimizeError("config", `${name} is too large to be settings`);
  if (bytes === "not-a-file") throw new OptimizeError("config", `${name} is no regular file`);
  const text = bytes.toString("utf8").replace(/^\ufeff/u, "");
  return /\.[cm]?ts$/.test(path) ? readDefaultExport(text, name) : readJson(text, name);
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

function validate(value: unknown, name: string): Config {
  const result = configSchema.safeParse(value);
  const problems = result.success ? [] : result.error.issues.flatMap(issueLines);
  const known = ruleIds();
  const rules = typeof value === "object" && value !== null && "rules" in value ? value.rules : undefined;
  if (typeof rules === "object" && rules !== null && known.length > 0) {
    for (const id of Object.keys(rules)) if (!known.includes(id)) problems.push(`rules: there is no rule "${id}"${meant(id, known)}`);
  }
  if (!result.success || problems.length > 0) throw problemsError(name, problems);
  return result.data;
}

function issueLines(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const keys = Object.keys(configSchema.shape);
    return issue.keys.map(
      (key) => `${[...issue.path.map(String), key].join(".")}: there is no such setting${path === "" ? meant(key, keys) : ""}`,
    );
  }
  return [`${path === "" ? "the file" : path}: ${issue.message}`];
}

function meant(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === undefined ? "" : `, did you mean "${near}"?`;
}

function problemsError(name: string, problems: readonly string[]): OptimizeError {
  const [only] = problems;
  const message =
    problems.length === 1
      ? `${name}: ${only}`
      : `${name} has ${problems.length} problems:\n${problems.map((problem) => `  ${problem}`).join("\n")}`;
  return new OptimizeError("config", message);
}
