import { describe, expect, it } from "vitest";
import { mergeSuggestions } from "../../src/guard/suggestions.ts";

const one = ["## `aaaaaaaa` One query per order", "", "Suggestion: ask once."];
const two = ["## `bbbbbbbb` A list is searched", "", "Suggestion: a set."];
const idOne = "aaaaaaaa00112233";
const idTwo = "bbbbbbbb00112233";

describe("the suggestions document", () => {
  it("holds a section for each finding, under its id", () => {
    const { text, added } = mergeSuggestions(
      undefined,
      new Map([
        [idOne, one],
        [idTwo, two],
      ]),
    );
    expect(added).toBe(2);
    expect(text).toMatch(/^# Performance suggestions\n/);
    expect(text.indexOf(`<!-- optimize:${idOne} -->`)).toBeLessThan(text.indexOf(`<!-- optimize:${idTwo} -->`));
    expect(text).toContain("Suggestion: a set.\n");
  });

  it("is the same, byte for byte, when nothing changed", () => {
    const found = new Map([
      [idOne, one],
      [idTwo, two],
    ]);
    const { text } = mergeSuggestions(undefined, found);
    expect(mergeSuggestions(text, found)).toEqual({ text, added: 0, gone: 0, back: 0, kept: 2 });
  });

  it("keeps what people wrote, wherever it stands, and adds what is new at the end", () => {
    const { text } = mergeSuggestions(undefined, new Map([[idOne, one]]));
    const noted = `${text.replace("# Performance suggestions", "# What we do in spring")}\n- [x] Ada does it\n`;
    const later = mergeSuggestions(
      noted,
      new Map([
        [idOne, ["## other words"]],
        [idTwo, two],
      ]),
    ).text;
    expect(later.startsWith(noted.trimEnd())).toBe(true);
    expect(later).toContain("- [x] Ada does it\n\n<!-- optimize:bbbbbbbb00112233 -->");
    expect(later).not.toContain("other words");
  });

  it("says once that a finding is gone, and once that it is back", () => {
    const found = new Map([
      [idOne, one],
      [idTwo, two],
    ]);
    const { text } = mergeSuggestions(undefined, found);
    const gone = mergeSuggestions(text, new Map([[idTwo, two]]));
    expect(gone.gone).toBe(1);
    expect(gone.text.match(/No longer found/g)).toHaveLength(1);
    expect(mergeSuggestions(gone.text, new Map([[idTwo, two]])).text).toBe(gone.text);
    const again = mergeSuggestions(gone.text, found);
    expect(again.back).toBe(1);
    expect(again.added).toBe(0);
    expect(mergeSuggestions(again.text, found).text).toBe(again.text);
    expect(again.text.indexOf("Found again")).toBeLessThan(again.text.indexOf(idTwo));
  });

  it("keeps the line breaks of the document", () => {
    const { text } = mergeSuggestions(undefined, new Map([[idOne, one]]));
    const windows = text.replaceAll("\n", "\r\n");
    const later = mergeSuggestions(
      windows,
      new Map([
        [idOne, one],
        [idTwo, two],
      ]),
    ).text;
    expect(later.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("leaves alone a section that somebody copied, and a mark inside of a line", () => {
    const { text } = mergeSuggestions(undefined, new Map([[idOne, one]]));
    const odd = `${text}\n<!-- optimize:${idOne} -->\nmy copy\n\nsee <!-- optimize:${idTwo} --> there\n`;
    expect(mergeSuggestions(odd, new Map([[idOne, one]])).text).toBe(odd);
  });
});
