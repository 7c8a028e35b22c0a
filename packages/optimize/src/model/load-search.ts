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
  /** Connections that it had opened to others, by their address. */
  readonly peers: Readonly<Record<string, number>>;
  /** Processes that listen on its port. */
  readonly processes: number;
  /** Requests that were under way at a time, in the mean: rate times time of service (Little's law). */
  readonly users: number;
}

/** What a target runs out of, and at which load. */
export interface LoadLimit {
  readonly resource: "pool" | "cpu";
  /** "5 connections to 127.0.0.1:5432", "1 core" */
  readonly of: string;
  /** Reached while it was looked at, or where a straight line through what was measured gets there. */
  readonly basis: "measured" | "modelled";
  /** Requests a second; of a modelled one with 95 %. */
  readonly rate: number;
  readonly interval?: readonly [number, number];
  /** Requests that are under way at a time then. */
  readonly users?: number;
  /** Not reached at twice what was measured, and looked for no further. */
  readonly beyond?: true;
}
