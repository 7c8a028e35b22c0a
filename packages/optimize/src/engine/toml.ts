/**
 * The part of TOML that manifests are written in: tables, arrays of tables, dotted keys, strings, arrays, inline tables, numbers
 * and booleans. What it does not understand ends that value and nothing else: a manifest is evidence, not a contract.
 */
export type TomlValue = string | number | boolean | readonly TomlValue[] | TomlTable;
export interface TomlTable {
  readonly [key: string]: TomlValue | undefined;
}
type Open = { [key: string]: TomlValue | undefined };

/** Brackets nested deeper than any manifest would end the recursive reader. */
const deepest = 32;

interface Reader {
  readonly text: string;
  at: number;
}

export function parseToml(text: string): TomlTable {
  const root = emptyTable();
  let table = root;
  const reader: Reader = { text, at: 0 };
  for (;;) {
    skipBlank(reader);
    if (reader.at >= text.length) return root;
    if (text[reader.at] === "[") {
      const line = restOfLine(reader);
      const head = /^\[(\[)?\s*(.*?)\s*\]/u.exec(line);
      table = head === null ? emptyTable() : openTable(root, keysOf(head[2] ?? ""), head[1] !== undefined);
      continue;
    }
    const key = readKey(reader);
    if (key === undefined) {
      restOfLine(reader);
      continue;
    }
    const value = readValue(reader, 0);
    if (value !== undefined) put(table, key, value);
    restOfLine(reader);
  }
}

function emptyTable(): Open {
  return Object.create(null) as Open;
}

function skipBlank(reader: Reader): void {
  const blank = /(?:\s+|#[^\n]*)*/uy;
  blank.lastIndex = reader.at;
  reader.at += blank.exec(reader.text)?.[0].length ?? 0;
}

function restOfLine(reader: Reader): string {
  const end = reader.text.indexOf("\n", reader.at);
  const line = reader.text.slice(reader.at, end < 0 ? undefined : end);
  reader.at = end < 0 ? reader.text.length : end + 1;
  return line;
}

const keyParts = /"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([\w-]+)/gu;

function keysOf(written: string): string[] {
  return [...written.matchAll(keyParts)].map((part) => part[1] ?? part[2] ?? part[3] ?? "");
}

/** `a."b".c =` up to and with the equals sign. */
function readKey(reader: Reader): string[] | undefined {
  const key = /\s*((?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\w-]+)(?:\s*\.\s*(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\w-]+))*)\s*=[ \t]*/uy;
  key.lastIndex = reader.at;
  const found = key.exec(reader.text);
  if (found === null) return undefined;
  reader.at += found[0].length;
  return keysOf(found[1] ?? "");
}

function openTable(root: Open, keys: readonly string[], listed: boolean): Open {
  let table = root;
  for (const [i, key] of keys.entries()) {
    const last = listed && i === keys.length - 1;
    let next = table[key];
    if (last) {
      const made = emptyTable();
      table[key] = Array.isArray(next) ? [...(next as readonly TomlValue[]), made] : [made];
      return made;
    }
    if (Array.isArray(next)) next = (next as readonly TomlValue[]).at(-1);
    if (typeof next !== "object" || Array.isArray(next)) table[key] = next = emptyTable();
    table = next as Open;
  }
  return table;
}

function put(table: Open, keys: readonly string[], value: TomlValue): void {
  const last = keys[keys.length - 1];
  if (last !== undefined) openTable(table, keys.slice(0, -1), false)[last] = value;
}

function readValue(reader: Reader, depth: number): TomlValue | undefined {
  const { text } = reader;
  const first = text[reader.at];
  if (depth > deepest || first === undefined) return undefined;
  if (first === '"' || first === "'") return readString(reader, first);
  if (first === "[") return readArray(reader, depth);
  if (first === "{") return readInline(reader, depth);
  const plain = /[\w.+:-]+/uy;
  plain.lastIndex = reader.at;
  const word = plain.exec(text)?.[0];
  if (word === undefined) return undefined;
  reader.at += word.length;
  if (word === "true" || word === "false") return word === "true";
  const number = Number(word.replaceAll("_", ""));
  return Number.isNaN(number) ? word : number;
}

function readString(reader: Reader, quote: string): string {
  const { text } = reader;
  const mark = text.startsWith(quote.repeat(3), reader.at) ? quote.repeat(3) : quote;
  let at = reader.at + mark.length;
  const start = at;
  while (at < text.length && !text.startsWith(mark, at)) {
    if (mark.length === 1 && text[at] === "\n") break;
    at += quote === '"' && text[at] === "\\" ? 2 : 1;
  }
  reader.at = Math.min(text.length, at + mark.length);
  const inner = text.slice(start, at).replace(mark.length === 3 ? /^\r?\n/u : /^(?!)/u, "");
  return quote === "'" ? inner : inner.replace(/\\(["\\])/gu, "$1");
}

function readArray(reader: Reader, depth: number): TomlValue {
  const out: TomlValue[] = [];
  reader.at++;
  for (;;) {
    skipBlank(reader);
    if (reader.at >= reader.text.length || reader.text[reader.at] === "]") {
      reader.at++;
      return out;
    }
    const value = readValue(reader, depth + 1);
    if (value === undefined) return out;
    out.push(value);
    skipBlank(reader);
    if (reader.text[reader.at] === ",") reader.at++;
  }
}

function readInline(reader: Reader, depth: number): TomlValue {
  const out = emptyTable();
  reader.at++;
  for (;;) {
    skipBlank(reader);
    if (reader.at >= reader.text.length || reader.text[reader.at] === "}") {
      reader.at++;
      return out;
    }
    const key = readKey(reader);
    const value = key === undefined ? undefined : readValue(reader, depth + 1);
    if (key === undefined || value === undefined) return out;
    put(out, key, value);
    skipBlank(reader);
    if (reader.text[reader.at] === ",") reader.at++;
  }
}
