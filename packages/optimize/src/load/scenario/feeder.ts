/** Rows of data that iterations use: CSV with a head (RFC 4180), JSON as a list of objects, or lines of JSON. */
import { readFileSync, statSync } from "node:fs";

export type Row = Readonly<Record<string, string>>;

const largest = 256 * 1024 * 1024;

/** The rows of a file; a text says why there are none. */
export function rowsOf(path: string): readonly Row[] | string {
  let text: string;
  try {
    if (statSync(path).size > largest) return "is larger than 256 MB";
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return "cannot be read";
  }
  const rows = /\.(?:json|jsonl|ndjson)$/i.test(path) ? rowsOfJson(text) : rowsOfCsv(text);
  return typeof rows !== "string" && rows.length === 0 ? "holds no rows" : rows;
}

function rowsOfJson(text: string): readonly Row[] | string {
  try {
    const value: unknown = text.trimStart().startsWith("[")
      ? JSON.parse(text)
      : text
          .split(/\r?\n/)
          .filter((line) => line.trim() !== "")
          .map((line) => JSON.parse(line) as unknown);
    if (!Array.isArray(value)) return "holds no list";
    if (!value.every((row) => typeof row === "object" && row !== null && !Array.isArray(row))) return "holds something that is no object";
    return (value as Record<string, unknown>[]).map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, one]) => [key, typeof one === "string" ? one : JSON.stringify(one)])),
    );
  } catch {
    return "is no JSON";
  }
}

function rowsOfCsv(text: string): readonly Row[] | string {
  const [head, ...rows] = cellsOf(text);
  if (head === undefined) return "holds no rows";
  const odd = rows.findIndex((cells) => cells.length !== head.length);
  if (odd >= 0) return `row ${odd + 2} has ${rows[odd]?.length ?? 0} cells, its head ${head.length}`;
  return rows.map((cells) => Object.fromEntries(head.map((name, column) => [name.trim(), cells[column] ?? ""])));
}

/** Cells by rows; quoted cells may hold commas, quotes that are doubled, and line breaks. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const found = cell.exec(text);
    if (found === null) return rows;
    row.push(found[1] === undefined ? (found[2] ?? "") : found[1].replaceAll('""', '"'));
    if (found[3] !== ",") {
      if (row.length > 1 || row[0] !== "") rows.push(row);
      row = [];
    } else if (cell.lastIndex >= text.length) rows.push([...row, ""]);
    if (cell.lastIndex === at) break;
  }
  return rows;
}
