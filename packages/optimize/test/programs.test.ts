/** Labels of the running programs agree with the comments in their sources. The programs themselves are run by smoke. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { describe, expect, it } from "vitest";
import { blind, kinds, labelsIn, later, programs, root, unseen } from "./programs/labels.js";
import { score } from "./programs/score.js";

const all = programs();
const expected = all.flatMap(({ labels }) => labels.expect);

describe.each([...all, ...programs(blind), ...programs(unseen), ...programs(later)])("program $name", ({ folder, main, labels }) => {
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
    const others = new Set(["blind", "unseen", "later", "support", "runners", "coexistence", "node_modules"]);
    const folders = readdirSync(root).filter((name) => !others.has(name) && !name.includes("."));
    expect(all.map(({ name }) => name)).toEqual(folders.sort());
  });

  it("have a source map that leads from what runs to the labelled line", () => {
    const folder = `${root}typescript-source-map/`;
    const [label] = labelsIn(folder).expect;
    const lines = readFileSync(`${folder}program.js`, "utf8").split("\n");
    const line = lines.findIndex((text) => text.includes("select name from customers"));
    const map = new SourceMap(JSON.parse(readFileSync(`${folder}program.js.map`, "utf8")) as ConstructorParameters<typeof SourceMap>[0]);
    expect(map.findEntry(line, lines[line]?.indexOf("pool.query") ?? 0)).toMatchObject({
      originalSource: label?.file,
      originalLine: (label?.line ?? 0) - 1,
    });
  });

  it("hold every kind, and as many that are to be left alone", () => {
    expect(new Set(expected.map(({ kind }) => kind))).toEqual(new Set(kinds));
    expect(all.filter(({ labels }) => labels.expect.length === 0).length).toBeGreaterThanOrEqual(10);
  });
});

describe("scoring", () => {
  const [file, kind] = ["a.js", "n+1"];
  const program = {
    name: "a",
    folder: "",
    main: file,
    labels: {
      expect: [
        { kind, file, line: 5 },
        { kind: "sequential-calls", file, line: 9, endLine: 11 },
        { kind: "sync-in-request", file, line: 20 },
      ],
      clean: [{ file, line: 30, why: "batched" }],
    },
  };
  const all = [
    { kind, file, line: 5 },
    { kind: "sequential-calls", file, line: 10 },
    { kind: "sync-in-request", file, line: 20 },
  ];
  const of = (...conclusions: { kind: string; file: string; line: number }[]): object => {
    const { hits, wrongLines, missed, falseAlarms, recall, precision, exact } = score([program], { a: conclusions });
    const counts = [hits, wrongLines, missed, falseAlarms].map(({ length }) => length);
    return { counts, recall, precision, exact };
  };

  it("is perfect for what the labels say, said twice or not", () => {
    expect(of(...all, ...all)).toEqual({ counts: [3, 0, 0, 0], recall: 1, precision: 1, exact: 1 });
  });

  it("finds with a wrong line, once", () => {
    expect(of(...all.slice(1), { kind, file, line: 6 })).toEqual({ counts: [2, 1, 0, 0], recall: 1, precision: 1, exact: 2 / 3 });
    expect(of(...all.slice(1), { kind, file, line: 6 }, { kind, file, line: 7 })).toMatchObject({ counts: [2, 1, 0, 1], precision: 3 / 4 });
  });

  it("takes anything at a clean or unlabelled line for a false alarm", () => {
    expect(of(...all.slice(1), { kind, file, line: 30 })).toMatchObject({ counts: [2, 0, 1, 1], recall: 2 / 3, precision: 2 / 3 });
    expect(of(...all, { kind: "slow-statement", file, line: 5 })).toMatchObject({ counts: [3, 0, 0, 1] });
    expect(of(...all, { kind, file: "../support/drive.js", line: 5 })).toMatchObject({ counts: [3, 0, 0, 1] });
  });

  it("counts a stall by a synchronous call that is labelled neither way", () => {
    expect(of(...all, { kind: "event-loop-stall", file, line: 20 })).toMatchObject({ counts: [3, 0, 0, 0] });
    expect(of(...all, { kind: "event-loop-stall", file, line: 21 })).toMatchObject({ counts: [3, 0, 0, 1] });
  });

  it("is all missed and nothing wrong where nothing was concluded", () => {
    expect(of()).toEqual({ counts: [0, 0, 3, 0], recall: 0, precision: 1, exact: 1 });
  });
});
