import { OptimizeError, type ErrorCode } from "../model/errors.ts";
import { clean } from "../reporters/layout/sanitise.ts";

const ownFaults: ReadonlySet<ErrorCode> = new Set(["internal", "rule"]);

/** 2 for what the user can mend, 4 for a fault of this program, 130 for an interruption. */
export function exitCode(error: unknown): number {
  if (!(error instanceof OptimizeError) || ownFaults.has(error.code)) return 4;
  // The codes below belong to the command that was to be run.
  if (error.code === "not-started") return 4;
  return error.code === "interrupted" ? 130 : 2;
}

/** One clear line and what to do about it; the stack only on demand. Text in it may come from the project. */
export function errorText(error: unknown, debug: boolean): string {
  const stack = debug && error instanceof Error && error.stack !== undefined ? `${cleanLines(error.stack)}\n` : "";
  if (error instanceof OptimizeError && !ownFaults.has(error.code)) {
    const hint = error.hint === undefined ? "" : `  ${clean(error.hint)}\n`;
    return `optimize: ${cleanLines(error.message)}\n${hint}${stack}`;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const how = debug ? "" : "  run the same command with --debug for the stack, and please report it\n";
  return `optimize: a fault of optimize itself: ${clean(message)}\n${how}${stack}`;
}

function cleanLines(text: string): string {
  return text.split("\n").map(clean).join("\n");
}
