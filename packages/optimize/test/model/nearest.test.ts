import { expect, it } from "vitest";
import { nearest } from "../../src/model/nearest.ts";

it.each([
  ["scna", "scan"],
  ["exlpain", "explain"],
  ["n-plus-one", "db/n-plus-one"],
  ["rout", "routes"],
  ["xyzzy", undefined],
  ["", undefined],
])("%s -> %s", (word, expected) => {
  expect(nearest(word, ["scan", "explain", "routes", "db/n-plus-one"])).toBe(expected);
});
