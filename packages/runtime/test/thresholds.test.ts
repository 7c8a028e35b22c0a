import { expect, it } from "vitest";
import { createThresholds } from "../src/thresholds.ts";

const states = (alerts: readonly { state: string }[]): string[] => alerts.map(({ state }) => state);

it("speaks once when a value has been too high for long enough", () => {
  const check = createThresholds({ p95: { above: 2, for: 30_000 } });
  expect(check({ p95: 3 }, 1000)).toEqual([]);
  expect(check({ p95: 3 }, 30_999)).toEqual([]);
  expect(check({ p95: 3 }, 31_000)).toEqual([{ name: "p95", state: "firing", value: 3, above: 2, since: 1000 }]);
  expect(check({ p95: 3 }, 99_000)).toEqual([]);
});

it("begins anew when the value was lower in between", () => {
  const check = createThresholds({ p95: { above: 2, for: 30_000 } });
  check({ p95: 3 }, 1000);
  check({ p95: 1 }, 20_000);
  expect(check({ p95: 3 }, 31_000)).toEqual([]);
});

it("is not over while the value only hovers", () => {
  const check = createThresholds({ p95: { above: 2, clearBelow: 1.5 } });
  expect(states(check({ p95: 3 }, 1))).toEqual(["firing"]);
  expect(check({ p95: 1.6 }, 2)).toEqual([]);
  expect(check({ p95: 2.1 }, 3)).toEqual([]);
  expect(states(check({ p95: 1.4 }, 4))).toEqual(["resolved"]);
});

it("takes what is unknown for not too much", () => {
  const check = createThresholds({ p95: { above: 2 } });
  expect(check({ p95: undefined }, 1)).toEqual([]);
  expect(states(check({ p95: 3 }, 2))).toEqual(["firing"]);
  expect(states(check({ p95: undefined }, 3))).toEqual(["resolved"]);
});
