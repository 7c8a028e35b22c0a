/** Markdown in which text of the scanned project is inert: it shows as it is and is never a link, a mention, HTML or structure. */
import { clean, cleanCode } from "./sanitise.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", ":": "&#58;" };

/** Prose: what stands between two backticks is code, and every other character that Markdown could read is escaped. */
export function prose(text: string): string {
  return clean(text)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? span(part.slice(1, -1)) : plain(part, index === 0)))
    .join("");
}

function plain(text: string, starts: boolean): string {
  const escaped = text
    .replace(/[\\`*_{}[\]()#+!|~$]/g, String.raw`\$&`)
    .replace(/[&<>@]|:(?=\/\/)/g, (character) => entities[character] ?? character)
    .replace(/www\./gi, (start) => `${start.slice(0, 3)}&#46;`);
  return starts ? escaped.replace(/^(\s*)([-=])/, String.raw`$1\$2`).replace(/^(\s*\d+)\./, String.raw`$1\.`) : escaped;
}

/** An inline code span whose fence is longer than any run of backticks in it. */
export function span(text: string): string {
  const inner = clean(text);
  const fence = "`".repeat(longestRun(inner) + 1);
  const space = inner.startsWith("`") || inner.endsWith("`") || inner.trim() === "" ? " " : "";
  return `${fence}${space}${inner}${space}${fence}`;
}

/** A code span inside a table cell, where a pipe would end the cell. */
export function cell(text: string): string {
  return span(text).replaceAll("|", String.raw`\|`);
}

/** A fenced block whose fence is longer than any run of backticks in it. */
export function fenced(lines: readonly string[], language: string): string[] {
  const shown = lines.map((line) => cleanCode(line).text);
  const fence = "`".repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}${language}`, ...shown, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

const languages: Readonly<Record<string, string>> = {
  ts: "ts",
  mts: "ts",
  cts: "ts",
  tsx: "tsx",
  js: "js",
  mjs: "js",
  cjs: "js",
  jsx: "jsx",
  py: "python",
  sql: "sql",
  prisma: "prisma",
};

/** The language tag for a file's excerpt. */
export function languageOf(file: string): string {
  return languages[file.slice(file.lastIndexOf(".") + 1)] ?? "";
}
