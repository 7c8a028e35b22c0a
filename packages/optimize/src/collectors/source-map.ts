/** Source maps (https://tc39.es/ecma426/): from a place in the code that ran to the place in the code that people edit. */
import { readFileSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export interface MappedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Mapper = (line: number, column: number) => MappedPlace | undefined;

interface RawMap {
  readonly sources?: readonly (string | null)[];
  readonly sourceRoot?: string;
  readonly mappings?: string;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const digits = new Map(Array.from(alphabet, (character, index) => [character, index] as const));

/** Segments by line: column, source, line and column there; all 0-based. */
type Segment = readonly [column: number, source: number, line: number, sourceColumn: number];

/** Decodes base64 VLQ mappings. */
function decode(mappings: string): Segment[][] {
  const lines: Segment[][] = [];
  let [source, line, sourceColumn] = [0, 0, 0];
  for (const text of mappings.split(";")) {
    const segments: Segment[] = [];
    let column = 0;
    for (const part of text === "" ? [] : text.split(",")) {
      const fields = numbers(part);
      column += fields[0] ?? 0;
      if (fields.length < 4) continue;
      source += fields[1] ?? 0;
      line += fields[2] ?? 0;
      sourceColumn += fields[3] ?? 0;
      segments.push([column, source, line, sourceColumn]);
    }
    lines.push(segments);
  }
  return lines;
}

function numbers(part: string): number[] {
  const out: number[] = [];
  let [value, shift] = [0, 0];
  for (const character of part) {
    const digit = digits.get(character) ?? 0;
    value += (digit & 31) * 2 ** shift;
    if (digit >= 32) shift += 5;
    else {
      out.push(value % 2 === 1 ? -((value - 1) / 2) : value / 2);
      [value, shift] = [0, 0];
    }
  }
  return out;
}

/** A mapper of a map for code that stands at `file`; undefined when it is none. Lines and columns are 1-based. */
export function mapperOf(map: unknown, file: string): Mapper | undefined {
  const { sources, sourceRoot = "", mappings } = (map ?? {}) as RawMap;
  if (!Array.isArray(sources) || typeof mappings !== "string") return undefined;
  const lines = decode(mappings);
  const paths = sources.map((source: string | null) => pathOf(source ?? "", sourceRoot, file));
  return (line, column) => {
    const segments = lines[line - 1] ?? [];
    let [low, high] = [0, segments.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((segments[middle]?.[0] ?? 0) <= column - 1) low = middle;
      else high = middle - 1;
    }
    const found = segments[low];
    const path = found === undefined ? undefined : paths[found[1]];
    return found === undefined || path === undefined ? undefined : { file: path, line: found[2] + 1, column: found[3] + 1 };
  };
}

function pathOf(source: string, sourceRoot: string, file: string): string {
  const full =
    sourceRoot === "" || isAbsolute(source) || source.startsWith("file:") ? source : `${sourceRoot.replace(/\/$/, "")}/${source}`;
  if (full.startsWith("file:")) return asPath(full);
  // A map of code made in memory often names its own file by its last part alone.
  return isAbsolute(full) ? full : resolve(dirname(file), full);
}

function asPath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}

/** The map that a file on the disk names in its last lines, beside it or inside it; undefined when there is none. */
export function mapBeside(file: string): unknown {
  try {
    const text = readFileSync(file, "utf8");
    const at = text.lastIndexOf("//# sourceMappingURL=");
    if (at < 0) return undefined;
    const url = text.slice(at + "//# sourceMappingURL=".length).split(/\s/, 1)[0] ?? "";
    if (url.startsWith("data:")) return JSON.parse(Buffer.from(url.slice(url.indexOf(",") + 1), "base64").toString());
    return JSON.parse(readFileSync(resolve(dirname(file), decodeURIComponent(url)), "utf8"));
  } catch {
    return undefined;
  }
}
