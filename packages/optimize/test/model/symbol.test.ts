import { expect, test } from "vitest";
import { fnv1a64, shortHash } from "../../src/model/hash.ts";
import { findingId, joinPath, normaliseCulprit, symbolName } from "../../src/model/symbol.ts";

test("FNV-1a 64 gives the published values, over UTF-8", () => {
  expect([fnv1a64(""), fnv1a64("a"), fnv1a64("foobar")]).toEqual(["cbf29ce484222325", "af63dc4c8601ec8c", "85944171f73967e8"]);
  const exact = (text: string): string => {
    let hash = 0xcbf29ce484222325n;
    for (const byte of Buffer.from(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
    return hash.toString(16).padStart(16, "0");
  };
  for (const text of ["é\u{1f600}", "select ? from t", "x".repeat(10_000), "\0\n"]) expect(fnv1a64(text)).toBe(exact(text));
});

test("prefixes of four characters tell many ids apart", () => {
  const prefixes = new Set(Array.from({ length: 1000 }, (_, index) => shortHash(`src/a.ts ${index}`, 4)));
  // 1,000 of 65,536: about 992 differ when the bits are even.
  expect(prefixes.size).toBeGreaterThan(980);
});

const place = {
  rule: "db/n-plus-one",
  path: "src/a.ts",
  symbols: ["Orders", "list"],
  culprit: "customers.byId(order.customerId)",
  ordinal: 0,
};

test("an id is 12 hex characters and fixed", () => {
  expect(findingId(place)).toMatch(/^[0-9a-f]{12}$/u);
  expect(findingId(place)).toBe(findingId({ ...place }));
});

test("formatting, comments and the folder that the scan began in do not change it", () => {
  expect(findingId({ ...place, culprit: "customers\n  .byId( // why\n order.customerId,\n);" })).toBe(findingId(place));
  expect(findingId({ ...place, path: "a.ts", prefix: "src" })).toBe(findingId(place));
  expect(findingId({ ...place, path: "./a.ts", prefix: "src/" })).toBe(findingId(place));
  expect(findingId({ ...place, symbols: ["Orders", "", "list"] })).toBe(findingId(place));
});

test("each part changes it", () => {
  const ids = [
    place,
    { ...place, rule: "db/write-in-loop" },
    { ...place, path: "src/b.ts" },
    { ...place, prefix: "app" },
    { ...place, symbols: ["Orders"] },
    { ...place, culprit: "x" },
    { ...place, ordinal: 1 },
  ].map(findingId);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ["await  x", "await x"],
  ["f( a , b )", "f(a,b)"],
  ["f('a', \"b\")", 'f("a","b")'],
  ["`a  ${b}  c`", "`a  ${b}  c`"],
  ["[1, 2,]", "[1,2]"],
  ["'it\\'s'", '"it\'s"'],
  ["a /* b */ + c // d", "a+c"],
  ["'//no comment'", '"//no comment"'],
  ["", ""],
  ["'open", "'open"],
])("culprit %j", (code, wanted) => {
  expect(normaliseCulprit(code)).toBe(wanted);
});

test("names and paths", () => {
  expect(symbolName([])).toBe("");
  expect(symbolName(["A", " ", "b"])).toBe("A.b");
  expect(joinPath("", "a/../b\\c.ts")).toBe("b/c.ts");
  expect(joinPath("x", "../y.ts")).toBe("y.ts");
});
