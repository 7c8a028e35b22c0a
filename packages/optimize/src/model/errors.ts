/** Every error that a person can see has a code from this list. */
export const errorCodes = [
  "usage",
  "config",
  "not-found",
  "not-a-folder",
  "unreadable",
  "syntax",
  "too-deep",
  "too-large",
  "not-text",
  "no-git",
  "git",
  "write",
  "rule",
  "internal",
  "interrupted",
  "unknown-finding",
  "unknown-rule",
  "not-started",
  "planner",
  "database",
  "unreachable",
  "forbidden",
  "scenario",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error with a code, one clear sentence, and what to do about it. */
export class OptimizeError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "OptimizeError";
    this.code = code;
    this.hint = options.hint;
  }
}
