/** How the bytes of a source become text: UTF-8, and what a Python source says of itself. */
import { isUtf8 } from "node:buffer";

/** The text without its byte order mark, or what is wrong with the bytes. */
export function decodeSource(path: string, bytes: Buffer): { readonly text: string } | { readonly wrong: string } {
  const declared = path.endsWith(".py") ? declaredEncoding(bytes) : undefined;
  if (declared === undefined || declared === "utf-8")
    return isUtf8(bytes) ? { text: withoutMark(bytes.toString("utf8")) } : { wrong: "is no valid UTF-8" };
  if (declared === "latin1") return { text: bytes.toString("latin1") };
  try {
    return { text: new TextDecoder(declared, { fatal: true }).decode(bytes) };
  } catch (error) {
    // Letters beyond ASCII stand in strings and comments: a name that nobody knows costs nothing where there are none.
    if (isUtf8(bytes)) return { text: withoutMark(bytes.toString("utf8")) };
    return { wrong: error instanceof RangeError ? `is written in ${declared}, which is no known encoding` : `is no valid ${declared}` };
  }
}

function withoutMark(text: string): string {
  return text.codePointAt(0) === 0xfeff ? text.slice(1) : text;
}

/** PEP 263: a comment on the first line, or on the second below nothing but a comment. A byte order mark says UTF-8 by itself. */
function declaredEncoding(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return undefined;
  const [first = "", second = ""] = bytes.toString("latin1", 0, 400).split(/\r\n|\n|\r/u, 2);
  const form = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/u;
  const written = form.exec(first)?.[1] ?? (/^[ \t\f]*(?:#.*)?$/u.test(first) ? form.exec(second)?.[1] : undefined);
  return written === undefined ? undefined : normalised(written.toLowerCase().replaceAll("_", "-"));
}

/** Python's names, where those of the WHATWG differ. */
const otherNames: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  "utf-8-sig": "utf-8",
  ascii: "latin1",
  "us-ascii": "latin1",
  "latin-1": "latin1",
  latin1: "latin1",
  l1: "latin1",
  "iso-8859-1": "latin1",
  "iso8859-1": "latin1",
  cp936: "gbk",
  cp932: "shift_jis",
  sjis: "shift_jis",
  "shift-jis": "shift_jis",
  cp949: "euc-kr",
};

function normalised(name: string): string {
  const known = otherNames[name];
  if (known !== undefined) return known;
  if (name.startsWith("utf-8-")) return "utf-8";
  if (name.startsWith("iso-8859-1-") || name.startsWith("latin-1-")) return "latin1";
  return /^cp125\d$/u.test(name) ? name.replace("cp", "windows-") : name.replace(/^iso8859-/u, "iso-8859-");
}
