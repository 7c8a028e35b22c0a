/** Names of places in code that survive edits elsewhere, and the fingerprint of a finding made from them. */
import { shortHash } from "./hash.ts";

export interface FindingPlace {
  readonly rule: string;
  /** Relative to the scanned folder. */
  readonly path: string;
  /** The scanned folder relative to the top of the repository (or workspace); "" when they are the same. Scanning a sub-folder so gives the same ids. */
  readonly prefix?: string;
  /** Enclosing classes and functions, outermost first; "" for one without a name. */
  readonly symbols: readonly string[];
  /** The code or statement that the finding speaks of, as written. */
  readonly culprit: string;
  /** Which of several equal culprits in the same symbols, from 0, in source order. */
  readonly ordinal: number;
}

/** The id of a finding: 12 lowercase hex characters. It does not depend on lines, columns, formatting or the folder that the scan began in. */
export function findingId(place: FindingPlace): string {
  const path = joinPath(place.prefix ?? "", place.path);
  // JSON keeps the parts apart whatever they hold.
  return shortHash(JSON.stringify([place.rule, path, symbolName(place.symbols), normaliseCulprit(place.culprit), place.ordinal]), 12);
}

/** `OrderService.list`: enclosing names, outermost first; functions without a name are left out, so that wrapping code in a callback keeps it. */
export function symbolName(symbols: readonly string[]): string {
  return symbols
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .join(".");
}

/** A path below a prefix, `/`-separated, without "./" and "..". */
export function joinPath(prefix: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${prefix}/${path}`.replaceAll("\\", "/").split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

const piece = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\s+|[^\s]/gu;

/** Code without what formatters and commenters change: blanks, comments, kind of quotes, commas before closing brackets, a closing semicolon. */
export function normaliseCulprit(code: string): string {
  let text = "";
  let blank = false;
  for (const [token] of code.matchAll(piece)) {
    if (/^(?:\/\*|\/\/|\s)/u.test(token)) {
      blank = true;
      continue;
    }
    const quoted = /^(?:'[\s\S]*'|"[\s\S]*")$/u.test(token) && token.length > 1;
    const written = quoted ? JSON.stringify(token.slice(1, -1).replaceAll(/\\(['"])/gu, "$1")) : token;
    // A blank only counts between two words: `await x`, `new Map`.
    if (blank && isWord(text.at(-1)) && isWord(written[0])) text += " ";
    if (/^[)\]}]$/u.test(written) && text.endsWith(",")) text = text.slice(0, -1);
    text += written;
    blank = false;
  }
  return text.replace(/;+$/u, "");
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_$]/u.test(character);
}
