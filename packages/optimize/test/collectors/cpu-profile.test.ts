import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evidenceSetOf } from "../../src/collectors/evidence-set.ts";
import { temporaryFolder } from "../temporary.ts";

/** Milliseconds by line of the program's functions, in all and their own, in a profile with these samples and milliseconds before each of them. */
function functionsIn(samples: readonly number[], times: readonly number[]): readonly (readonly number[])[] {
  const frame = (functionName: string, url = "", lineNumber = -1): object => ({ functionName, url, lineNumber, columnNumber: lineNumber });
  const root = temporaryFolder({ "main.js": "" });
  const profile = {
    nodes: [
      { id: 1, callFrame: frame("(root)"), children: [2, 3, 4, 5] },
      { id: 2, callFrame: frame("(garbage collector)") },
      { id: 3, callFrame: frame("(idle)") },
      { id: 4, callFrame: frame("allocate", join(root, "main.js"), 4) },
      { id: 5, callFrame: frame("compute", join(root, "main.js"), 8) },
    ],
    startTime: 0,
    endTime: 8000,
    samples,
    timeDeltas: times.map((time) => time * 1000),
  };
  const raw = temporaryFolder({
    "1-0-a.ndjson": `["process",{"pid":1,"thread":0,"node":"20","platform":"linux","cwd":"/","argv":[],"offset":0,"starter":false,"agent":"/agent"}]\n`,
    "1-0-a.1.cpuprofile": JSON.stringify(profile),
  });
  const set = evidenceSetOf({ id: "x", root, raw, command: [], salt: "", startedAt: "", seconds: 1, exitCode: 0, underLoad: false });
  return set.evidence.flatMap((one) => (one.kind === "cpu" ? [[one.place.line, one.total, one.self]] : []));
}

const [collector, idle, allocate, compute] = [2, 3, 4, 5];

describe("the time of a sample", () => {
  it("is the one since the sample before, which comes late when others compute", () => {
    expect(functionsIn([compute, allocate, compute], [1, 4, 2])).toEqual([
      [5, 4, 4],
      [9, 3, 3],
    ]);
  });

  it("is, when the collector ran, that of the function before it, and of none after a pause", () => {
    const samples = [compute, allocate, collector, collector, compute, idle, collector, idle];
    expect(functionsIn(samples, [1, 1, 1, 1, 1, 1, 1, 1])).toEqual([
      [5, 3, 1],
      [9, 2, 2],
    ]);
  });

  it("is, when the collector ran between two functions, that of the one in which it is seen to run", () => {
    const samples = [compute, collector, allocate, collector, allocate];
    expect(functionsIn(samples, [1, 2, 1, 3, 1])).toEqual([
      [5, 7, 2],
      [9, 1, 1],
    ]);
  });
});
