/** Header compression of HTTP/2: the examples of RFC 7541, what the encoder says is read back, and bytes that are no header. */
import { describe, expect, it } from "vitest";
import { HeaderDecoder } from "../../src/load/http2/header-decoder.ts";
import { HeaderEncoder } from "../../src/load/http2/header-encoder.ts";
import { fixedFields } from "../../src/load/http2/header-table.ts";
import { huffmanText } from "../../src/load/http2/huffman.ts";
import { below, randomFrom } from "../../src/model/random.ts";

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ""), "hex");
function read(decoder: HeaderDecoder, hex: string | Buffer): string[] | undefined {
  const block = typeof hex === "string" ? bytes(hex) : hex;
  return decoder.decode(block, 0, block.length)?.fields.map(({ name, value }) => `${name}: ${value}`);
}

describe("a header block", () => {
  it("means what the examples of RFC 7541 (C.4 and C.6) say", () => {
    const requests = new HeaderDecoder();
    const first = [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"];
    expect(read(requests, "828684418cf1e3c2e5f23a6ba0ab90f4ff")).toEqual(first);
    expect(read(requests, "828684be5886a8eb10649cbf")).toEqual([...first, "cache-control: no-cache"]);
    expect(read(requests, "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf")).toEqual([
      ":method: GET",
      ":scheme: https",
      ":path: /index.html",
      ":authority: www.example.com",
      "custom-key: custom-value",
    ]);
  });

  it("may be repeated: it puts its fields into the table again", () => {
    const decoder = new HeaderDecoder();
    const adds = "4003782d610131";
    for (let times = 0; times < 3; times++) expect(read(decoder, adds)).toEqual(["x-a: 1"]);
    expect(read(decoder, "4003782d620132")).toEqual(["x-b: 2"]);
    // The latest has number 62, and the three before follow.
    expect(read(decoder, "bebfc0c1")).toEqual(["x-b: 2", "x-a: 1", "x-a: 1", "x-a: 1"]);
    expect(read(decoder, "c2")).toBeUndefined();
    // The same bytes mean something else once the table has changed.
    expect(read(decoder, "be")).toEqual(["x-b: 2"]);
    expect(read(decoder, adds)).toEqual(["x-a: 1"]);
    expect(read(decoder, "be")).toEqual(["x-a: 1"]);
  });

  it.each([
    ["number nothing", "80"],
    ["a number that nobody has", "ff00"],
    ["a number without an end", "ffffffffffffffffffff01"],
    ["a text that is longer than the block", "4003782d6105"],
    ["padding that is too long", "00016183ffffff"],
    ["a table that is larger than allowed", "3fe21f"],
    ["a size of the table behind a field", "8220"],
  ])("is refused for %s", (_name, hex) => {
    expect(read(new HeaderDecoder(), hex)).toBeUndefined();
  });

  it("that is random is read or refused, and nothing else", () => {
    const random = randomFrom(9);
    for (let round = 0; round < 5000; round++) {
      const block = Buffer.from(Array.from({ length: below(random, 60) }, () => below(random, 256)));
      const fields = read(new HeaderDecoder(), block);
      expect(fields === undefined || Array.isArray(fields)).toBe(true);
    }
  });

  it("is no bomb", () => {
    const decoder = new HeaderDecoder();
    expect(read(decoder, Buffer.concat([bytes("4001617f810f"), Buffer.alloc(2048, 0x62)]))?.length).toBe(1);
    expect(read(decoder, Buffer.alloc(16_000, 0xbe))).toBeUndefined();
  });
});

describe("an encoder", () => {
  it("is understood whatever was said before and however large the table may be", () => {
    const random = randomFrom(4);
    for (let round = 0; round < 50; round++) {
      const [encoder, decoder] = [new HeaderEncoder(), new HeaderDecoder()];
      for (let block = 0; block < 60; block++) {
        if (below(random, 8) === 0) encoder.limit([0, 40, 100, 500, 4096, 70_000][below(random, 6)] ?? 0);
        const fields = Array.from({ length: 1 + below(random, 8) }, () => ({
          name: random() % 2 === 0 ? (fixedFields[below(random, 61)]?.name ?? "") : `x-${below(random, 5)}`,
          value: "v".repeat(below(random, random() % 9 === 0 ? 3000 : 30)) + below(random, 4),
          varies: random() % 3 === 0,
        }));
        expect(read(decoder, encoder.encode(fields))).toEqual(fields.map(({ name, value }) => `${name}: ${value}`));
      }
    }
  });
});

it("no text of the Huffman code ends in the middle of one", () => {
  expect(huffmanText(bytes("f1e3c2e5f23a6ba0ab90f4ff"), 0, 12)).toBe("www.example.com");
  expect(huffmanText(bytes("f1e3c2e5f23a6ba0ab90f4"), 0, 11)).toBeUndefined();
  expect(huffmanText(bytes("ffffffff"), 0, 4)).toBeUndefined();
});
