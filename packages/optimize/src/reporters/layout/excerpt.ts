import type { Finding } from "../../model/finding.ts";
import type { Source } from "./reporter.ts";
import { cleanCode } from "./sanitise.ts";

export interface ExcerptLine {
  /** 1-based; 0 stands for lines that are left out. */
  readonly line: number;
  readonly text: string;
  /** On the finding's own line: the column (1-based) that the pointer stands under. */
  readonly pointer?: number;
}

const linesBefore = 1;
const longestLine = 400;

/** The finding's line with what surrounds it: the loop that it stands in when there is one, else the line before. */
export function excerpt(finding: Finding, source: Source): ExcerptLine[] {
  const lines = source(finding.site.file);
  const own = finding.site.line;
  if (lines === undefined || lines[own - 1] === undefined) return [];
  const loop = finding.related.find((related) => related.role === "the loop" && related.file === finding.site.file && related.line < own);
  const numbers = loop === undefined ? [own] : [loop.line, ...(loop.line < own - 2 ? [0] : loop.line === own - 2 ? [own - 1] : []), own];
  if (loop === undefined) {
    const before = own - linesBefore;
    if ((lines[before - 1] ?? "").trim() !== "") numbers.unshift(before);
  }
  return dedent(numbers.map((number) => codeLine(lines, number, number === own ? finding.site.column : undefined, number === own)));
}

function codeLine(lines: readonly string[], number: number, column: number | undefined, own: boolean): ExcerptLine {
  if (number === 0) return { line: 0, text: "" };
  const raw = (lines[number - 1] ?? "").slice(0, longestLine);
  const first = raw.length - raw.trimStart().length + 1;
  const at = column === undefined || column > raw.length ? first : column;
  const { text, column: pointer } = cleanCode(raw, at);
  return own ? { line: number, text: text.trimEnd(), pointer } : { line: number, text: text.trimEnd() };
}

function dedent(lines: ExcerptLine[]): ExcerptLine[] {
  const indents = lines.filter((line) => line.text !== "").map((line) => line.text.length - line.text.trimStart().length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => ({
    ...line,
    text: line.text.slice(indent),
    ...(line.pointer === undefined ? {} : { pointer: Math.max(1, line.pointer - indent) }),
  }));
}
