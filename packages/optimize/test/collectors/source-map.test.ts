import { describe, expect, it } from "vitest";
import { mapperOf } from "../../src/collectors/source-map.ts";

describe("a source map", () => {
  // Two lines of built code: line 1 has columns 0 and 10, of lines 3 and 4 of the source; line 2 begins at line 9.
  const map = { version: 3, sources: ["../src/a.ts"], mappings: "AAEA,UACE;AAKF", names: [] };

  it.each([
    [1, 1, 3, 1],
    [1, 10, 3, 1],
    [1, 11, 4, 3],
    [1, 400, 4, 3],
    [2, 1, 9, 1],
  ])("leads from %i:%i to %i:%i", (line, column, toLine, toColumn) => {
    expect(mapperOf(map, "/p/dist/a.js")?.(line, column)).toEqual({ file: "/p/src/a.ts", line: toLine, column: toColumn });
  });

  it("says nothing of what it does not hold", () => {
    expect(mapperOf(map, "/p/dist/a.js")?.(3, 1)).toBeUndefined();
    for (const none of [undefined, {}, { sources: [] }, "x"]) expect(mapperOf(none, "/p/a.js")).toBeUndefined();
  });
});
