import { expect, it } from "vitest";
import { progressLine } from "../../src/cli/progress.ts";
import { wantsColor } from "../../src/cli/terminal.ts";
import { fakeTerminal } from "./fake-terminal.ts";

it("says one line a stage away from a terminal, and only when it takes long", () => {
  const terminal = fakeTerminal();
  let now = 0;
  const line = progressLine(terminal, () => now);
  line.show({ stage: "read", done: 1, total: 9 });
  expect(terminal.errors()).toBe("");
  now = 2500;
  for (const done of [2, 3]) line.show({ stage: "read", done, total: 9 });
  line.show({ stage: "check", done: 0, total: 0 });
  line.clear();
  expect(terminal.errors()).toBe("optimize: read\noptimize: check\n");
});

it("redraws one line on a terminal and takes it away", () => {
  const terminal = fakeTerminal({ errIsTerminal: true });
  const line = progressLine(terminal, () => 0);
  line.show({ stage: "read", done: 1, total: 9 });
  line.clear();
  expect(terminal.errors()).toBe("\r\u001b[Kread 1/9\r\u001b[K");
});

it("paints for a terminal, unless something says otherwise", () => {
  expect(wantsColor(fakeTerminal({ outIsTerminal: true }))).toBe(true);
  expect(wantsColor(fakeTerminal())).toBe(false);
  expect(wantsColor(fakeTerminal({ outIsTerminal: true, env: { NO_COLOR: "1", FORCE_COLOR: "1" } }))).toBe(false);
  expect(wantsColor(fakeTerminal({ env: { FORCE_COLOR: "1" } }))).toBe(true);
  expect(wantsColor(fakeTerminal({ outIsTerminal: true, env: { FORCE_COLOR: "0" } }))).toBe(false);
  expect(wantsColor(fakeTerminal({ outIsTerminal: true }), true)).toBe(false);
});
