/** Labels of the running programs agree with the comments in their sources. The programs themselves are run by smoke. */
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { kinds, labelsIn, programs, root } from "./programs/labels.js";

const all = programs();
const expected = all.flatMap(({ labels }) => labels.expect);

describe.each(all)("program $name", ({ folder, main, labels }) => {
  it("is labelled as its comments say (node run.js --label writes them)", () => {
    expect(labels).toEqual(labelsIn(folder));
    expect(labels.expect.length + labels.clean.length).toBeGreaterThan(0);
  });

  it("has a main file, and kinds that are known", () => {
    expect(existsSync(`${folder}/${main}`) && main !== "").toBe(true);
    expect(labels.expect.filter(({ kind }) => !kinds.includes(kind))).toEqual([]);
  });
});

describe("the programs", () => {
  it("are all labelled", () => {
    const folders = readdirSync(root).filter((name) => name !== "support" && name !== "node_modules" && !name.includes("."));
    expect(all.map(({ name }) => name)).toEqual(folders.sort());
  });

  it("hold every kind, and as many that are to be left alone", () => {
    expect(new Set(expected.map(({ kind }) => kind))).toEqual(new Set(kinds));
    expect(all.filter(({ labels }) => labels.expect.length === 0).length).toBeGreaterThanOrEqual(10);
  });
});
