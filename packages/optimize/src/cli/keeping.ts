import { rememberRun } from "../engine/kept-survey.ts";
import { reportFile, saveReport, saveRun } from "../engine/store.ts";
import { OptimizeError } from "../model/errors.ts";
import type { Run } from "../model/finding.ts";
import { reporters } from "../reporters/index.ts";
import type { ReportContext } from "../reporters/layout/reporter.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import type { Scanned } from "./scanning.ts";
import type { Terminal } from "./terminal.ts";

/** Keeps the Run as the last one. A root that cannot be written to costs one line and nothing else. */
export function keepRun(scanned: Scanned, context: ReportContext, terminal: Terminal): boolean {
  // The Run itself is not asked for where it lies there already: it may not have been made yet.
  if (scanned.isKept) return true;
  return (
    attempt(terminal, "the findings are not kept", () => {
      const text = scanned.json ?? reporters.json(scanned.run, context);
      saveRun(scanned.root, text);
      if (scanned.key !== undefined) rememberRun(scanned.root, scanned.key, text);
      return true;
    }) ?? false
  );
}

/** Writes the Markdown report to a path, or to the store when it cannot be there; gives its path, undefined when it is nowhere. */
export function keepReport(root: string, path: string, run: Run, context: ReportContext, terminal: Terminal): string | undefined {
  const text = reporters.markdown(run, context);
  const save = (where: string, otherwise: string): string | undefined => attempt(terminal, otherwise, () => saveReport(root, where, text));
  if (path === reportFile) return save(path, "the report is not written");
  return save(path, `the report goes to ${reportFile}`) ?? save(reportFile, "the report is not written");
}

function attempt<T>(terminal: Terminal, consequence: string, write: () => T): T | undefined {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof OptimizeError) || error.code !== "write") throw error;
    terminal.err(`optimize: ${clean(error.message)}; ${consequence}\n`);
    return undefined;
  }
}
