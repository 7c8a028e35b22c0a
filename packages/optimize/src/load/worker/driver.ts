/** What begins iterations: one for the open model, one for the closed. */
import type { Part } from "../arrivals.ts";

export interface Driver {
  /** Begins at this moment of the thread's clock. */
  readonly start: (at: number) => void;
  /** Called twenty times a second. */
  readonly beat: (now: number) => void;
  /** Begins nothing more. */
  readonly stop: (now: number) => void;
}

/** This worker's part of the schedule. */
export type Share = Part;
