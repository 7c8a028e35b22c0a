/** Whether a regular expression of JavaScript can be made to try the same text in many ways, proven by a text that does it. */
import { createRequire } from "node:module";
import type { Ambiguity } from "../model/local.ts";
import { readsInFewWays } from "./expression-ways.ts";

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

let checker: Checker | undefined;

/** `decided`: it was told within the time, and will be told again so. */
export interface Asked {
  readonly ambiguity: Ambiguity | undefined;
  readonly decided: boolean;
}

/** Whether it has to be asked about: most expressions are plain, or too long. */
export function isDoubtful(source: string, flags: string): boolean {
  return source.length <= longest && !readsInFewWays(source, flags);
}

/** Without an ambiguity: it has none, or it cannot be told. The check is one in JavaScript alone (no process, no binary), loaded when it is first asked. */
export function ambiguityOf(source: string, flags: string): Asked {
  checker ??= createRequire(import.meta.url)("recheck/lib/browser.js") as Checker;
  const { status, complexity, attack } = checker.checkSync(source, flags, { timeout: patience });
  const decided = status !== "unknown";
  if (status !== "vulnerable" || complexity === undefined || attack === undefined) return { ambiguity: undefined, decided };
  const growth = complexity.type === "exponential" ? "exponential" : complexity.degree;
  return { ambiguity: growth === undefined ? undefined : { growth, attack: attack.pattern }, decided };
}
