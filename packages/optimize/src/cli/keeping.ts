import { saveReport, saveRun } from "../engine/store.ts";
import { OptimizeError } from "../model/errors.ts";
import type { Run } from "../model/finding.ts";
import { reporters } from "../reporters/index.ts";
import type { ReportContext } from "../reporters/layout/reporter.ts";
import { clean } from "../reporters/layout/sanitise.ts";
import type { Terminal } from "./terminal.ts";

/** Keeps the Run as the last one. A root that cannot be written to costs one line and nothing else. */
export function keepRun(root: string, run: Run, context: ReportContext, terminal: Terminal): boolean {
  return (
    attempt(terminal, () => {
      saveRun(root, reporters.json(run, context));
      return true;
    }) ?? false
  );
}

/** Writes the Markdown report and gives its path, undefined when it cannot be written. */
export function keepReport(root: string, path: string, run: Run, context: ReportContext, terminal: Terminal): string | undefined {
  return attempt(terminal, () => saveReport(root, path, reporters.markdown(run, context)));
}

function attempt<T>(terminal: Terminal, write: () => T): T | undefined {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof OptimizeError) || error.code !== "write") throw error;
    terminal.err(`optimize: ${clean(error.message)}; the findings are not kept\n`);
    return undefined;
  }
}
