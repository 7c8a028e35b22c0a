/** What settings may say, and every way in which they do not. */
import { isAbsolute } from "node:path";
import { z } from "zod";
import { nearest } from "../model/nearest.ts";
import { severities, tiers } from "../model/levels.ts";
import { ruleIds } from "./pages.ts";

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
  /** What `optimize db export` wrote: real indexes and sizes. */
  stats: insidePath.exactOptional(),
  /** Where the Markdown report goes. */
  report: insidePath.exactOptional(),
});

export type Config = z.infer<typeof configSchema>;

/** The settings when they are valid, else every problem in one line each. */
export function checkConfig(value: unknown): Config | readonly string[] {
  const result = configSchema.safeParse(value);
  const problems = result.success ? [] : result.error.issues.flatMap(issueLines);
  const known = ruleIds();
  const rules = typeof value === "object" && value !== null && "rules" in value ? value.rules : undefined;
  if (typeof rules === "object" && rules !== null && known.length > 0) {
    for (const id of Object.keys(rules)) if (!known.includes(id)) problems.push(`rules: there is no rule "${id}"${meant(id, known)}`);
  }
  return result.success && problems.length === 0 ? result.data : problems;
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
