/** A load run while it goes on: a line that redraws itself for a person, a line now and then for a log. */
import { describe, expect, it } from "vitest";
import { loadProgress } from "../../src/cli/load-progress.ts";
import type { LoadProgress } from "../../src/load/run.ts";
import { fakeTerminal } from "./fake-terminal.ts";

const at = (seconds: number, more: Partial<LoadProgress> = {}): LoadProgress => ({
  at: seconds,
  planned: 30,
  requests: 50,
  failed: 0,
  rate: 50,
  p50: 1.5,
  p99: 12,
  open: 3,
  total: 50 * seconds,
  totalFailed: seconds,
  ...more,
});

describe("a load run on a terminal", () => {
  it("is one line that is drawn again, no wider than the terminal, and gone at the end", () => {
    const terminal = fakeTerminal({ errIsTerminal: true, columns: 40 });
    const line = loadProgress(terminal);
    line.show(at(3));
    expect(terminal.errors()).toBe("\r\u001b[K#--------- 3/30 s  50/s  p50 1.50 ms  p");
    line.show(at(30, { p50: undefined as never }));
    line.clear();
    line.clear();
    expect(terminal.errors().split("\r\u001b[K").slice(2)).toEqual(["########## 30/30 s  50/s  failed 2.00 % ".slice(0, 39), ""]);
    expect(terminal.printed()).toBe("");
  });

  it("is a line every ten seconds elsewhere", () => {
    const terminal = fakeTerminal({ columns: 200 });
    const line = loadProgress(terminal);
    for (let second = 1; second <= 30; second++) line.show(at(second));
    line.clear();
    expect(terminal.errors().trim().split("\n")).toEqual(
      [10, 20, 30].map(
        (second) =>
          `optimize: ${"#".repeat(Math.round(second / 3))}${"-".repeat(10 - Math.round(second / 3))} ${second}/30 s  50/s  p50 1.50 ms  p99 12.0 ms  failed 2.00 %  open 3`,
      ),
    );
  });
});
