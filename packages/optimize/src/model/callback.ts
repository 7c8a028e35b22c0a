import type { ResultSpec } from "./library.ts";

/** A function that is given to a call of a library: when it runs, how often, and what it gets. */
export interface CallbackSpec {
  /** An array or object of functions stands for each of them; what is no function is passed over (optional arguments). */
  readonly arg: number;
  /** When the function is an option: `{ retries, onRetry }`. */
  readonly property?: string;
  /**
   * once: now, inside the call; each: once for each element of argument `over`; batches: once for a chunk of rows;
   * later: after the caller went on (events, timers); transaction: once, inside a database transaction;
   * cached: at most once for many calls.
   */
  readonly runs: "once" | "each" | "batches" | "later" | "transaction" | "cached";
  /** It runs in another thread: the one that calls goes on meanwhile, or waits without blocking. */
  readonly thread?: boolean;
  /** Argument that is iterated; -1 is the receiver. */
  readonly over?: number;
  /** What the callback gets, by position. "element" of `over`; "chunk" is a list of them; else as a call's result. */
  readonly params?: readonly ("element" | "chunk" | "index" | ResultSpec)[];
  /** Node-style callback `(error, result)`: `params` describe result by position 1. */
}
