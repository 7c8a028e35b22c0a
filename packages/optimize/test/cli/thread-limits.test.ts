import { expect, test } from "vitest";
import { heapLimitMb } from "../../src/cli/thread-limits.ts";

test("a scan may use three quarters of a large machine", () => {
  expect(heapLimitMb({ engine: 4144, machine: 64_000, isGiven: false })).toBe(48_000);
});

test("a small machine gives what the engine gives", () => {
  expect(heapLimitMb({ engine: 2096, machine: 2000, isGiven: false })).toBe(2096);
});

test("a limit that was said holds", () => {
  expect(heapLimitMb({ engine: 512, machine: 64_000, isGiven: true })).toBe(512);
});

test("this machine has one", () => {
  expect(heapLimitMb()).toBeGreaterThan(256);
});
