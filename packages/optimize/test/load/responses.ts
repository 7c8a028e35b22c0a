/** Responses for the parser: good ones, and ones that are broken in every way, from a seed. */
import { below, randomFrom, type Random } from "../../src/model/random.ts";

const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T;

const chunked = (random: Random, body: string): string => {
  let text = "";
  for (let at = 0; at < body.length;) {
    const size = Math.min(body.length - at, 1 + below(random, 40));
    const hex = size.toString(16);
    text += `${pick(random, [hex, hex.toUpperCase(), `000${hex}`])}${pick(random, ["", "", ";a=b", ';name="v"'])}\r\n${body.slice(at, at + size)}\r\n`;
    at += size;
  }
  return `${text}${pick(random, ["0", "000"])}\r\n${pick(random, ["", "", "X-Sum: 1\r\n", "A: 1\r\nB: 2\r\n"])}\r\n`;
};

/** A response that is right. */
export function goodResponse(random: Random): string {
  const body = "x".repeat(below(random, 200)) + pick(random, ["", "\r\n", "\r\n\r\n", "0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"]);
  const status = pick(random, [200, 200, 200, 201, 404, 500, 204, 304]);
  const fields = [
    "Date: Thu",
    "X-Empty:",
    `X-Long: ${"y".repeat(below(random, 300))}`,
    "Server:\t a  b ",
    "Content-Type: text/plain",
  ].filter(() => random() % 2 === 0);
  if (status === 204 || status === 304) return `HTTP/1.1 ${status} X\r\n${fields.map((one) => `${one}\r\n`).join("")}\r\n`;
  const way = below(random, 4);
  const name = pick(random, ["Content-Length", "content-length", "CONTENT-LENGTH"]);
  if (way === 0)
    fields.push(`${pick(random, ["Transfer-Encoding", "transfer-encoding"])}: ${pick(random, ["chunked", "Chunked", "gzip, chunked"])}`);
  else if (way < 3) fields.push(`${name}: ${Buffer.byteLength(body)}`);
  else fields.push("Connection: close");
  const early = random() % 8 === 0 ? "HTTP/1.1 100 Continue\r\n\r\n" : "";
  return `${early}HTTP/1.1 ${status} ${pick(random, ["OK", "", "Not Really"])}\r\n${fields.map((one) => `${one}\r\n`).join("")}\r\n${way === 0 ? chunked(random, body) : body}`;
}

const insertions = [
  "\r",
  "\n",
  "\r\n",
  "\0",
  " ",
  "\t",
  ":",
  ";",
  "0",
  "ffffffff",
  "-1",
  ",",
  "chunked",
  "\r\n\r\n",
  "Content-Length: 3\r\n",
  "é",
];

/** The same, broken: bytes cut out, put in, doubled, or the end missing. */
export function brokenResponse(random: Random): string {
  let text = goodResponse(random);
  for (let times = 1 + below(random, 3); times > 0; times--) {
    const at = below(random, text.length + 1);
    const way = below(random, 5);
    if (way === 0) text = text.slice(0, at) + text.slice(at + 1 + below(random, 4));
    else if (way === 1) text = text.slice(0, at) + pick(random, insertions) + text.slice(at);
    else if (way === 2) text = text.slice(0, at);
    else if (way === 3) text = text.slice(0, at) + text.slice(Math.max(0, at - below(random, 12)));
    else text = text.slice(0, at) + String.fromCharCode(below(random, 256)) + text.slice(at + 1);
  }
  return text;
}

export const seeded = randomFrom;

/** Edges that a random draw may miss, by name. */
export const edges: Readonly<Record<string, string>> = {
  "a length twice": "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi",
  "a length beside chunks": "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
  "a signed length": "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nhi",
  "an empty length": "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\nhi",
  "a length that is too short": "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nhi",
  "a length that is too long": "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhi",
  "a length beyond all numbers": "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nhi",
  "a coding that is not the last": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
  "two fields of codings": "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
  "a chunk that is longer than it says": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhiX\r\n0\r\n\r\n",
  "a chunk size beyond all numbers": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhi\r\n0\r\n\r\n",
  "a broken trailer": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nbad trailer\r\n\r\n",
  "lines that end with a line feed only": "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi",
  "a space before the colon": "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nhi",
  "HTTP/1.0": "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
  "no reason": "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi",
  "an empty line before": "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
  "a control character": "HTTP/1.1 200 OK\r\nX: a\u0001b\r\nContent-Length: 2\r\n\r\nhi",
  "another protocol": "SSH-2.0-OpenSSH_9.2\r\n",
  "an end in the head": "HTTP/1.1 200 OK\r\nContent-Le",
  "an end in a chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhi",
  "early hints": "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
  nothing: "",
};
