import { describe, expect, it } from "vitest";
import { addReader, tellReaders } from "../../src/engine/interpret/readers.ts";
import type { Reader, Readers } from "../../src/engine/interpret/readers.ts";

const readersOf = (count: number): Reader[] => Array.from({ length: count }, () => ({ dirty: false }));

describe("who has read something that changes", () => {
  it.each([1, 2, 8, 9, 40])("all %i are told, however often each has read it", (count) => {
    const readers: Readers<string> = new Map();
    const all = readersOf(count);
    for (const reader of [...all, ...all]) addReader(readers, "total", reader);
    tellReaders(readers, "total");
    expect(all.every(({ dirty }) => dirty)).toBe(true);
  });

  it("who reads it afterwards has not missed that change", () => {
    const readers: Readers<string> = new Map();
    const [early, late] = readersOf(2) as [Reader, Reader];
    addReader(readers, "total", early);
    tellReaders(readers, "total");
    addReader(readers, "total", late);
    expect([early.dirty, late.dirty]).toEqual([true, false]);
  });

  it("who has read something else is not told", () => {
    const readers: Readers<string> = new Map();
    const [one, other] = readersOf(2) as [Reader, Reader];
    addReader(readers, "total", one);
    addReader(readers, "count", other);
    tellReaders(readers, "total");
    expect(other.dirty).toBe(false);
  });
});
