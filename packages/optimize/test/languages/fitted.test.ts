import { describe, expect, it } from "vitest";
import { fitted, shared } from "../../src/languages/fitted.ts";

describe("what keeps Facts small", () => {
  it("a fitted list holds the same, in the same order", () => {
    const list: number[] = [];
    for (const one of [3, 1, 2]) list.push(one);
    expect(fitted(list)).toEqual([3, 1, 2]);
    expect(fitted([])).toEqual([]);
  });

  it("a shared word is the word, however it came about", () => {
    expect(shared("orders")).toBe("orders");
    expect(shared(["or", "ders"].join(""))).toBe("orders");
    expect(shared("__proto__")).toBe("__proto__");
  });
});
