/** Whether a regular expression of JavaScript can be made to try the same text in many ways, proven by a text that does it. */
import { createRequire } from "node:module";
import type { Ambiguity } from "../model/local.ts";

/** Milliseconds after which an expression counts as one that cannot be told: it is silent then. */
const patience = 8000;
/** Longer expressions are lists of words, or there to take long. */
const longest = 400;

interface Checker {
  checkSync(source: string, flags: string, parameters: { readonly timeout: number }): Checked;
}
interface Checked {
  readonly status: "safe" | "vulnerable" | "unknown";
  readonly complexity?: { readonly type: string; readonly degree?: number };
  readonly attack?: { readonly pattern: string };
}

const known = new Map<string, Ambiguity | undefined>();

let checker: Checker | undefined;

/** undefined: it is not ambiguous, or it cannot be told. The check is one in JavaScript alone (no process, no binary), loaded when it is first asked. */
export function ambiguityOf(source: string, flags: string): Ambiguity | undefined {
  checker ??= createRequire(import.meta.url)("recheck/lib/browser.js") as Checker;
  const key = `${flags}/${source}`;
  if (!known.has(key)) known.set(key, checked(checker, source, flags));
  return known.get(key);
}

function checked(by: Checker, source: string, flags: string): Ambiguity | undefined {
  if (source.length > longest) return undefined;
  const { status, complexity, attack } = by.checkSync(source, flags, { timeout: patience });
  if (status !== "vulnerable" || complexity === undefined || attack === undefined) return undefined;
  const growth = complexity.type === "exponential" ? "exponential" : complexity.degree;
  return growth === undefined ? undefined : { growth, attack: attack.pattern };
}
