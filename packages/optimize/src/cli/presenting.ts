import { sourceLines } from "../engine/excerpts.ts";
import type { Finding, Run } from "../model/finding.ts";
import type { ReportContext } from "../reporters/layout/reporter.ts";
import { rules } from "../rules/index.ts";
import { shortId } from "../reporters/layout/words.ts";
import type { Arguments } from "./args.ts";
import type { Scanned } from "./scanning.ts";
import { wantsColor, type Terminal } from "./terminal.ts";

/** What reporters are told about this terminal and these arguments. */
export function contextOf(scanned: Pick<Scanned, "root" | "seconds">, args: Arguments, terminal: Terminal): ReportContext {
  return {
    source: sourceLines(scanned.root),
    titles: Object.fromEntries(rules.map((rule) => [rule.id, rule.title])),
    columns: terminal.columns,
    color: wantsColor(terminal, args.has("no-color") || args.has("output")),
    all: args.has("all"),
    seconds: scanned.seconds,
  };
}

/** The folder as it has to be typed again after a command; "" for the current one. */
export function pathSuffix(path: string | undefined): string {
  if (path === undefined || path === ".") return "";
  return /^[\w./@+-]+$/.test(path) ? ` ${path}` : ` '${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** The command that explains the first finding; it needs a kept Run. */
export function nextCommands(findings: readonly Finding[], kept: boolean, path: string | undefined): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const subject = kept
    ? shortId(
        first.id,
        findings.map((finding) => finding.id),
      )
    : first.rule;
  return [`optimize explain ${subject}${kept ? pathSuffix(path) : ""}`];
}

/** What could not be read, one line each. */
export function failureLines(run: Run): string[] {
  if (run.failures.length === 0) return ["Every file was read."];
  return run.failures.map(({ file, line, code, message }) => `${file}${line === undefined ? "" : `:${line}`}  ${code}  ${message}`);
}
