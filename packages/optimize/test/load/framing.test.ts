/** Where a response ends: the same however its bytes come, and the same as Node's and undici's parsers say. */
import { createServer, type Server } from "node:net";
import { get } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "undici";
import { largestHead, ResponseReader } from "../../src/load/http1/response-reader.ts";
import { below } from "../../src/model/random.ts";
import { brokenResponse, edges, goodResponse, seeded } from "./responses.ts";

/** What came of a response: its status and body, or that it was refused. */
function readIn(pieces: readonly Buffer[], bodiless = false): string {
  const reader = new ResponseReader();
  reader.keep = true;
  reader.reset(bodiless);
  // All pieces are read from the same memory, as the connections do it.
  const memory = Buffer.alloc(65_536);
  for (const piece of pieces) {
    piece.copy(memory);
    reader.read(memory, 0, piece.length);
    memory.fill(0x2a);
    if (reader.done || reader.failed) break;
  }
  if (!reader.done && !reader.failed) reader.end();
  return reader.done ? `${reader.head.status} ${JSON.stringify(Buffer.concat(reader.parts).toString("latin1"))}` : "refused";
}

const bytesOf = (text: string): Buffer => Buffer.from(text, "latin1");
const whole = (text: string, bodiless = false): string => readIn([bytesOf(text)], bodiless);

function pieces(text: string, sizes: () => number): Buffer[] {
  const bytes = bytesOf(text);
  const list: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = sizes();
    list.push(bytes.subarray(at, at + size));
    at += size;
  }
  return list;
}

let server: Server;
let text = "";
beforeAll(async () => {
  server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(bytesOf(text)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void server.close());
const port = (): number => (server.address() as AddressInfo).port;

function nodeReads(): Promise<string> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port: port(), agent: false, maxHeaderSize: largestHead }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve(`${response.statusCode} ${JSON.stringify(Buffer.concat(parts).toString("latin1"))}`));
      response.on("error", () => resolve("refused"));
    });
    request.on("upgrade", () => resolve("refused"));
    request.on("error", () => resolve("refused"));
  });
}

async function undiciReads(): Promise<string> {
  const client = new Client(`http://127.0.0.1:${port()}`, { maxHeaderSize: largestHead });
  try {
    const { statusCode, body } = await client.request({ path: "/", method: "GET" });
    return `${statusCode} ${JSON.stringify(Buffer.from(await body.arrayBuffer()).toString("latin1"))}`;
  } catch {
    return "refused";
  } finally {
    await client.destroy();
  }
}

/** Without what follows a complete response: Node refuses a good one when it comes with bytes that nobody asked for in one piece, and not when it comes in two. */
function complete(response: string): string {
  const reader = new ResponseReader();
  reader.reset(false);
  const bytes = bytesOf(response);
  const end = reader.read(bytes, 0, bytes.length);
  return reader.done ? response.slice(0, end) : response;
}

/** What both others say of it when this reader says something else than either. */
async function disagreement(response: string): Promise<string[]> {
  text = complete(response);
  const others = [await nodeReads(), await undiciReads()];
  return others.includes(whole(response)) ? [] : [response, ...others];
}

async function disagreements(responses: readonly string[]): Promise<string[][]> {
  const found: string[][] = [];
  for (const response of responses) {
    const one = await disagreement(response);
    if (one.length > 0) found.push(one);
  }
  return found;
}

describe("a response that comes in pieces", () => {
  const random = seeded(11);
  const samples = [
    ...Object.values(edges),
    ...Array.from({ length: 30 }, () => goodResponse(random)),
    ...Array.from({ length: 60 }, () => brokenResponse(random)),
  ];

  it("is the same cut at every byte", () => {
    for (const sample of samples) {
      const expected = whole(sample);
      for (let cut = 1; cut < sample.length; cut++) {
        expect(readIn([bytesOf(sample.slice(0, cut)), bytesOf(sample.slice(cut))]), `${JSON.stringify(sample)} cut at ${cut}`).toBe(
          expected,
        );
      }
    }
  });

  it("is the same byte by byte and in random pieces", () => {
    for (const sample of samples) {
      expect(readIn(pieces(sample, () => 1))).toBe(whole(sample));
      for (let times = 0; times < 5; times++) expect(readIn(pieces(sample, () => 1 + below(random, 30)))).toBe(whole(sample));
    }
  });
});

describe("a response is read as Node or undici read it", () => {
  it.each(Object.entries(edges))("%s", async (_name, response) => {
    expect(await disagreement(response)).toEqual([]);
  });

  it("when it is right", async () => {
    const random = seeded(3);
    expect(await disagreements(Array.from({ length: 150 }, () => goodResponse(random)))).toEqual([]);
  });

  it("when it is broken", async () => {
    const random = seeded(5);
    expect(await disagreements(Array.from({ length: 300 }, () => brokenResponse(random)))).toEqual([]);
  });
});

describe("a response", () => {
  it("to HEAD, 204 and 304 has no body whatever its head says", () => {
    expect(whole("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", true)).toBe('200 ""');
    expect(whole("HTTP/1.1 204 X\r\nContent-Length: 5\r\n\r\n")).toBe('204 ""');
    expect(whole("HTTP/1.1 304 X\r\nTransfer-Encoding: chunked\r\n\r\n")).toBe('304 ""');
  });

  it("ends where it says, and what follows belongs to nobody", () => {
    const reader = new ResponseReader();
    reader.reset(false);
    const bytes = bytesOf("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\n\r\n");
    expect(reader.read(bytes, 0, bytes.length)).toBe(bytes.length - 19);
    expect([reader.done, reader.bodyBytes]).toEqual([true, 2]);
  });

  it("is read alike when its head is the one before, wherever it lies", () => {
    const random = seeded(8);
    const used = new ResponseReader();
    for (let round = 0; round < 300; round++) {
      // Of a few heads, so that many come again, some of them behind empty lines.
      const one = goodResponse(seeded(below(random, 6)));
      const bytes = bytesOf(`${"\r\n".repeat(below(random, 3))}${one}`);
      const cut = below(random, 3) === 0 ? below(random, bytes.length) : bytes.length;
      const read = [new ResponseReader(), used].map((reader) => {
        reader.keep = true;
        reader.keepFields = true;
        reader.reset(false);
        for (const part of [bytes.subarray(0, cut), bytes.subarray(cut)]) if (!reader.done) reader.read(Buffer.from(part), 0, part.length);
        reader.end();
        const { head, headBytes, fields, parts, bodyBytes } = reader;
        const type = Buffer.from(headBytes.subarray(head.typeFrom, head.typeTo)).toString("latin1");
        return [
          reader.done,
          head.status,
          head.persistent,
          head.length,
          head.chunked,
          head.encoded,
          type,
          fields,
          Buffer.concat(parts).toString("latin1"),
          bodyBytes,
        ];
      });
      expect(read[1]).toEqual(read[0]);
    }
  });

  it("may have a head of 64 KB and no more, and no endless trailer or extension", () => {
    const field = (size: number): string => `X: ${"y".repeat(size)}\r\n`;
    expect(whole(`HTTP/1.1 200 OK\r\n${field(60_000)}Content-Length: 2\r\n\r\nhi`)).toBe('200 "hi"');
    expect(readIn(pieces(`HTTP/1.1 200 OK\r\n${field(70_000)}Content-Length: 2\r\n\r\nhi`, () => 9000))).toBe("refused");
    expect(readIn(pieces(`HTTP/1.1 200 OK\r\nX: ${"y".repeat(300_000)}`, () => 60_000))).toBe("refused");
    const chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect(readIn(pieces(`${chunks}2;${"e".repeat(70_000)}\r\nhi\r\n0\r\n\r\n`, () => 5000))).toBe("refused");
    expect(readIn(pieces(`${chunks}2\r\nhi\r\n0\r\n${field(100).repeat(800)}\r\n`, () => 5000))).toBe("refused");
  });

  it("says whether the connection stays open", () => {
    const persistent = (fields: string, version = "1.1"): boolean => {
      const reader = new ResponseReader();
      reader.reset(false);
      const bytes = bytesOf(`HTTP/${version} 200 OK\r\n${fields}Content-Length: 0\r\n\r\n`);
      reader.read(bytes, 0, bytes.length);
      return reader.head.persistent;
    };
    expect([persistent(""), persistent("Connection: Close\r\n"), persistent("Connection: upgrade, close\r\n")]).toEqual([
      true,
      false,
      false,
    ]);
    expect([persistent("", "1.0"), persistent("Connection: Keep-Alive\r\n", "1.0")]).toEqual([false, true]);
  });
});
