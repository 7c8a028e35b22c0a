/** What several load runs found together: how much a service can take, or which of two is faster. */
import type { Outcome, Verdict } from "./statistics.ts";

export interface StepOutcome {
  readonly requests: number;
  /** Slower than the objective, or failed. */
  readonly bad: number;
  /** The generator was too weak: the step says nothing. */
  readonly invalid?: string;
}

export interface CapacityStep extends StepOutcome {
  readonly rate: number;
  readonly seconds: number;
}

export interface Capacity {
  readonly outcome: "found" | "below" | "above" | "inconclusive" | "interrupted";
  /** Requests a second; the median of what is likely. */
  readonly rate?: number;
  /** Where the capacity lies with 90 %. */
  readonly interval?: readonly [number, number];
  /** A rate at the lower end at which the objective held for twice the time of a step. */
  readonly confirmed?: number;
  readonly steps: readonly CapacityStep[];
  readonly reason?: string;
}

/** What one run measured, by metric; what it could not tell is missing. */
export type Measured = Readonly<Record<string, number>>;

export interface LoadComparison {
  readonly outcome: Outcome;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly pairs: number;
  /** Pairs that were left out because a run of them said nothing. */
  readonly invalid: number;
}

/** What the loaded program used at a step. */
export interface TargetUse {
  readonly rate: number;
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly rss: number;
  readonly files: number;
  readonly threads: number;
  readonly peers: Readonly<Record<string, number>>;
}
