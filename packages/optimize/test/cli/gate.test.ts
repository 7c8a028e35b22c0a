import { expect, it } from "vitest";
import { gate } from "../../src/cli/gate.ts";
import { sampleFinding } from "../run-sample.ts";
import { fakeTerminal } from "./fake-terminal.ts";

it.each([
  ["high", 1],
  ["critical", 0],
  ["medium", 1],
  ["likely", 1],
  ["candidate", 1],
  ["proven", 0],
  [undefined, 0],
] as const)("fails from %s on with %i for a likely finding of high severity", (level, code) => {
  const terminal = fakeTerminal();
  expect(gate([sampleFinding()], level, terminal)).toBe(code);
  expect(terminal.errors()).toBe(code === 0 ? "" : `optimize: failed, 1 finding is ${level} or above\n`);
});
