/** Reads the file of a scenario and says everything that is wrong with it at once. */
import { readFileSync, statSync } from "node:fs";
import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";
import { OptimizeError } from "../../model/errors.ts";
import { documentShape, type ScenarioDocument } from "./document.ts";

/** A scenario is written by hand: more than this is something else. */
const largest = 4 * 1024 * 1024;

/** Throws an OptimizeError("scenario") that lists all problems. */
export function readScenario(path: string, shown: string): ScenarioDocument {
  const text = textAt(path, shown);
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) {
    throw problemsError(
      shown,
      errors.slice(0, 20).map(({ error, offset }) => `line ${text.slice(0, offset).split("\n").length}: ${printParseErrorCode(error)}`),
    );
  }
  const read = documentShape.safeParse(value);
  if (read.success) return read.data;
  throw problemsError(shown, read.error.issues.flatMap(issueTexts));
}

/** A single request has no steps that a person would know. */
export const ofOneRequest = "the request";

export function problemsError(shown: string, problems: readonly string[]): OptimizeError {
  const isOne = shown === ofOneRequest;
  const unique = [...new Set(problems.map((problem) => (isOne ? problem.replace(/^steps\[0\](?:\.request)?:? /, "") : problem)))];
  const head = unique.length === 1 ? `${shown} has a mistake:` : `${shown} has ${unique.length} mistakes:`;
  return new OptimizeError("scenario", [head, ...unique.map((problem) => `  ${problem}`)].join("\n"), {
    hint: isOne ? "optimize load --help" : "optimize load --help shows how a scenario is written",
  });
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
  readonly keys?: readonly string[];
  readonly issues?: readonly { readonly message: string }[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** "scenarios.browse.steps[2].think: is no duration" */
function issueTexts(issue: Issue): string[] {
  const place = issue.path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}${text === "" ? "" : "."}${String(key)}`),
    "",
  );
  const where = place === "" ? "the scenario" : place;
  if (issue.code === "unrecognized_keys") return (issue.keys ?? []).map((key) => `${where} has no member ${JSON.stringify(key)}`);
  if (issue.code === "invalid_key") return [`${where} ${issue.issues?.[0]?.message ?? "is no key that it may have"}`];
  if (issue.code === "invalid_union") {
    // The alternative that came furthest tells most.
    const own = issue.errors?.flat().find(({ code }) => code === "custom" || code === "invalid_format");
    return [`${where} ${own?.message ?? "has none of the forms that it may have"}`];
  }
  return [`${where}${/^(?:is|has|needs|")/.test(issue.message) ? " " : ": "}${issue.message}`];
}

function textAt(path: string, shown: string): string {
  try {
    const stats = statSync(path);
    if (stats.isDirectory())
      throw new OptimizeError("usage", `${shown} is a folder, and neither a URL nor a scenario`, { hint: "name the file in it" });
    if (stats.size > largest) throw new OptimizeError("too-large", `${shown} is larger than 4 MB and no scenario`);
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof OptimizeError) throw cause;
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new OptimizeError(missing ? "not-found" : "unreadable", missing ? `there is no scenario ${shown}` : `${shown} cannot be read`, {
      cause,
      hint: "optimize load init writes one from the routes of this project; a URL begins with http://, or is like :3000/orders",
    });
  }
}
