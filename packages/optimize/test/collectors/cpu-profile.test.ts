import { join } from "node:path";
import { expect, it } from "vitest";
import { evidenceSetOf } from "../../src/collectors/evidence-set.ts";
import { temporaryFolder } from "../temporary.ts";

it("gives the collector's time to the function that ran before it, and to none after a pause", () => {
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
    samples: [5, 4, 2, 2, 5, 3, 2, 3],
    timeDeltas: [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000],
  };
  const raw = temporaryFolder({
    "1-0-a.ndjson": `["process",{"pid":1,"thread":0,"node":"20","platform":"linux","cwd":"/","argv":[],"offset":0,"starter":false,"agent":"/agent"}]\n`,
    "1-0-a.1.cpuprofile": JSON.stringify(profile),
  });
  const set = evidenceSetOf({ id: "x", root, raw, command: [], salt: "", startedAt: "", seconds: 1, exitCode: 0, underLoad: false });
  const functions = set.evidence.flatMap((one) => (one.kind === "cpu" ? [[one.place.line, one.total, one.self]] : []));
  expect(functions).toEqual([
    [5, 3, 1],
    [9, 2, 2],
  ]);
});
