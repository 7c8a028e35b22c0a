import { expect, test } from "vitest";
import type { Thread, TickRecord } from "../../src/collectors/records.ts";
import { resourcesOf } from "../../src/collectors/resources.ts";

const tick = (second: number, files: number): TickRecord => ({
  at: second * 1e6,
  rss: 1,
  heap: 1,
  cpu: 1,
  utilisation: 0,
  delay: 0,
  worst: 0,
  files,
});
const filesOf = (...files: number[]): unknown => {
  const thread = {
    process: { thread: 0 },
    requests: [],
    pauses: [],
    ticks: files.map((one, at) => tick(at, one)),
    end: { at: files.length * 1e6 },
  };
  return resourcesOf([thread as unknown as Thread], [])?.files;
};

test("open files that rise all the time are said", () => {
  expect(filesOf(...Array.from({ length: 15 }, (_, n) => 20 + 3 * n))).toEqual({ first: 20, last: 62, seconds: 14 });
});

test.each<[string, number[]]>([
  ["connections that are opened once", [20, 60, 60, 61, 60, 60, 61, 60, 60, 60, 61, 60, 60, 60, 60]],
  ["a few", Array.from({ length: 15 }, (_, n) => 20 + (n >> 1))],
  ["too short a time", [20, 40, 60, 80]],
  ["what nobody counted", Array.from({ length: 15 }, () => -1)],
])("%s are no growth", (_, files) => {
  expect(filesOf(...files)).toBeUndefined();
});
