import { describe, expect, it } from "vitest";
import { readsInFewWays } from "../../src/languages/expression-ways.ts";

describe("an expression that reads every text in few ways", () => {
  it.each([
    ["^[a-z]+@[a-z]+$", ""],
    ["^[^/]+/(?:[^/]+/)*$", ""],
    // Having met one, the search ends.
    ["\\s+", "g"],
    ["[^a-z0-9]+", "gi"],
    ["foo(?:bar)*", ""],
    ["^(\\d{1,3}\\.){3}\\d{1,3}$", ""],
    ["^[\\w.]+$", "u"],
    ["a|b|cd", ""],
    ["^(?:a|b)*$", "i"],
    ["^\\u{1F600}+$", "u"],
  ])("is /%s/%s", (source, flags) => {
    expect(readsInFewWays(source, flags)).toBe(true);
  });

  it.each([
    // One repetition inside of another, and two ways to read one character.
    ["^(a+)+$", ""],
    ["^(a|a)*$", ""],
    ["^(a*)*$", ""],
    ["^(?:a|[ab])*$", ""],
    ["^(?:\\w+\\s?)*$", ""],
    ["^(?:a?b?)*$", ""],
    ["^(?:ab|a|b)*$", ""],
    // Two repetitions of the same one after the other.
    ["^\\s*\\s*$", ""],
    ["^.*,.*$", ""],
    ["^\\d+\\d{2,}x$", ""],
    // The search begins again at each place.
    ["\\s+$", ""],
    ["<([^>]+)>", ""],
    ["a[ab]*c", ""],
    ["(?:^|x)a*b", ""],
    ["^a*b", "m"],
    ["^a+$", "y"],
    // What one way ends with, another goes on from.
    ["^(?:a(?:[ab]*c)?)*", ""],
    // The same letters without regard to case, and beyond ASCII.
    ["^a*A*$", "i"],
    ["^k*\\u212a*$", "iu"],
    ["^\\p{L}*[^\\p{Lu}]*$", "u"],
  ])("is not /%s/%s", (source, flags) => {
    expect(readsInFewWays(source, flags)).toBe(false);
  });

  it.each([
    ["^(?=a)b*$", ""],
    ["^(a)b*\\1$", ""],
    ["^(?<name>a)b*\\k<name>$", ""],
    ["^[\\p{L}--[a-z]]*$", "v"],
    ["^a{200}$", ""],
  ])("is not told of /%s/%s, which it does not follow", (source, flags) => {
    expect(readsInFewWays(source, flags)).toBe(false);
  });
});
