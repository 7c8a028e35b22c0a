/**
 * The head of a response: status line and fields, read where they lie. As strict as Node's own parser: a bare line feed, a folded line, a length
 * that is said twice or beside chunks are refused, because two programs that read them differently would measure different bodies.
 */
import { isToken, isValue, isWord } from "./characters.ts";

export interface ResponseHead {
  status: number;
  /** Whether the connection can be used again after this response. */
  persistent: boolean;
  /** Bytes of the body; -1 when nothing says it. */
  length: number;
  /** Chunks end the body; a coding that is not the last one does not. */
  chunked: boolean;
  /** Some transfer coding was named: without `chunked` the body ends with the connection. */
  coded: boolean;
  /** The body is compressed. */
  encoded: boolean;
  /** Where the content type stands in the bytes that were read; equal when there is none. */
  typeFrom: number;
  typeTo: number;
}

/** The head of no response yet. */
export function emptyHead(): ResponseHead {
  return { status: 0, persistent: true, length: -1, chunked: false, coded: false, encoded: false, typeFrom: 0, typeTo: 0 };
}

const [tab, carriageReturn, space, colon] = [9, 13, 32, 58];
/** More than this is no length: counting stays exact. */
const mostDigits = 15;

/** Reads `bytes[from..to)`, which ends with the empty line, into `head`. Gives what is wrong with it, undefined when nothing is. */
export function readHead(bytes: Uint8Array, from: number, to: number, head: ResponseHead): string | undefined {
  head.length = -1;
  head.chunked = head.coded = head.encoded = false;
  head.typeFrom = head.typeTo = 0;
  let at = readStatusLine(bytes, from, head);
  if (at < 0) return "no HTTP/1.1 status line";
  while (bytes[at] !== carriageReturn) {
    const named = at;
    while (isToken(bytes[at] ?? 0)) at++;
    if (at === named || bytes[at] !== colon) return "a malformed header field";
    const nameEnd = at++;
    while (bytes[at] === space || bytes[at] === tab) at++;
    const valued = at;
    while (isValue(bytes[at] ?? 0)) at++;
    if (bytes[at] !== carriageReturn || bytes[at + 1] !== 10) return "a control character in a header field";
    let end = at;
    while (end > valued && (bytes[end - 1] === space || bytes[end - 1] === tab)) end--;
    at += 2;
    const wrong = readField(bytes, named, nameEnd, valued, end, head);
    if (wrong !== undefined) return wrong;
  }
  if (at + 2 !== to) return "a malformed header field";
  return head.coded && head.length >= 0 ? "both a length and a transfer coding" : undefined;
}

/** "HTTP/1.1 200 OK"; the place after it, -1 when it is none. */
function readStatusLine(bytes: Uint8Array, from: number, head: ResponseHead): number {
  // H T T P / 1 .
  if (bytes[from] !== 72 || bytes[from + 1] !== 84 || bytes[from + 2] !== 84 || bytes[from + 3] !== 80 || bytes[from + 4] !== 47) return -1;
  const version = ((bytes[from + 5] ?? 0) - 48) * 10 + (bytes[from + 7] ?? 0) - 48;
  // 1.1 and 1.0; 0.9 and 2.0 are nonsense here that Node's and undici's parsers let pass.
  if (version !== 11 && version !== 10 && version !== 9 && version !== 20) return -1;
  if (bytes[from + 6] !== 46 || bytes[from + 8] !== space) return -1;
  const [a, b, c] = [(bytes[from + 9] ?? 0) - 48, (bytes[from + 10] ?? 0) - 48, (bytes[from + 11] ?? 0) - 48];
  if (a < 1 || a > 9 || b < 0 || b > 9 || c < 0 || c > 9) return -1;
  head.status = a * 100 + b * 10 + c;
  head.persistent = version === 11;
  let at = from + 12;
  if (bytes[at] !== space && bytes[at] !== carriageReturn) return -1;
  while (isValue(bytes[at] ?? 0)) at++;
  return bytes[at] === carriageReturn && bytes[at + 1] === 10 ? at + 2 : -1;
}

function readField(bytes: Uint8Array, name: number, nameEnd: number, from: number, to: number, head: ResponseHead): string | undefined {
  const first = (bytes[name] ?? 0) | 32;
  // Fields that say something about the body begin with c or t.
  if (first === 116) return isWord(bytes, name, nameEnd, "transfer-encoding") ? readCoding(bytes, from, to, head) : undefined;
  if (first !== 99) return undefined;
  switch (nameEnd - name) {
    case 10:
      if (isWord(bytes, name, nameEnd, "connection")) readConnection(bytes, from, to, head);
      return undefined;
    case 12:
      if (isWord(bytes, name, nameEnd, "content-type")) [head.typeFrom, head.typeTo] = [from, to];
      return undefined;
    case 14:
      return isWord(bytes, name, nameEnd, "content-length") ? readLength(bytes, from, to, head) : undefined;
    case 16:
      if (isWord(bytes, name, nameEnd, "content-encoding")) head.encoded = !isWord(bytes, from, to, "identity");
      return undefined;
    default:
      return undefined;
  }
}

function readLength(bytes: Uint8Array, from: number, to: number, head: ResponseHead): string | undefined {
  if (head.length >= 0) return "more than one content length";
  if (to === from || to - from > mostDigits) return "a content length that is no number";
  let length = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return "a content length that is no number";
    length = length * 10 + digit;
  }
  head.length = length;
  return undefined;
}

/** Of a list that may go over several fields the last coding counts. */
function readCoding(bytes: Uint8Array, from: number, to: number, head: ResponseHead): undefined {
  head.coded = true;
  let start = to;
  while (start > from && bytes[start - 1] !== 44) start--;
  while (bytes[start] === space || bytes[start] === tab) start++;
  head.chunked = isWord(bytes, start, to, "chunked");
}

function readConnection(bytes: Uint8Array, from: number, to: number, head: ResponseHead): void {
  for (let at = from; at < to;) {
    let end = at;
    while (end < to && bytes[end] !== 44) end++;
    let [first, last] = [at, end];
    while (first < last && (bytes[first] === space || bytes[first] === tab)) first++;
    while (last > first && (bytes[last - 1] === space || bytes[last - 1] === tab)) last--;
    if (isWord(bytes, first, last, "close")) head.persistent = false;
    else if (isWord(bytes, first, last, "keep-alive")) head.persistent = true;
    at = end + 1;
  }
}

/** The place behind the first empty line, -1 when it is not there. */
export function endOfHead(bytes: Buffer, from: number, to: number): number {
  for (let at = bytes.indexOf(13, from); at >= 0 && at + 3 < to; at = bytes.indexOf(13, at + 1)) {
    if (bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at + 4;
  }
  return -1;
}
