import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { onlyNew, readBaseline, writeBaseline } from "../../src/guard/baseline.ts";
import { sampleFinding, sampleRun } from "../run-sample.ts";
import { temporaryFolder } from "../temporary.ts";

const findings = [sampleFinding({ id: "bbbb" }), sampleFinding({ id: "aaaa" })];

it("holds the accepted ids, one a line, sorted", () => {
  const root = temporaryFolder();
  const text = readFileSync(writeBaseline(root, findings), "utf8");
  expect(text).toBe(`{
  "schemaVersion": "1",
  "findings": [
    {"id":"aaaa","rule":"db/n-plus-one","file":"src/orders/service.ts"},
    {"id":"bbbb","rule":"db/n-plus-one","file":"src/orders/service.ts"}
  ]
}
`);
  const accepted = readBaseline(root);
  expect(
    onlyNew(sampleRun({ findings: [...findings, sampleFinding({ id: "cccc" })] }), accepted).findings.map((finding) => finding.id),
  ).toEqual(["cccc"]);
});

it("can be empty", () => {
  const root = temporaryFolder();
  writeBaseline(root, []);
  expect(readBaseline(root).size).toBe(0);
});

it.each([
  [{}, "there is no optimize.baseline.json"],
  [{ "optimize.baseline.json": "{" }, "no readable JSON"],
  [{ "optimize.baseline.json": '{"schemaVersion":"9"}' }, "no baseline of this version"],
])("says what is wrong with %j", (files, message) => {
  expect(() => readBaseline(temporaryFolder(files as Record<string, string>))).toThrow(message);
});
