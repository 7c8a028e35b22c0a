/** Trying again, without making it worse: a limit in time, waits that spread, a budget, and one idempotency key. */
import { randomUUID } from "node:crypto";
import { abortable, after, follow, sleep } from "./waiting.ts";

export interface BackoffOptions {
  /** Milliseconds that the first wait lasts at most; each further one twice as long. Default 100. */
  readonly delay?: number;
  /** Milliseconds that a wait lasts at most. Default 10,000. */
  readonly maxDelay?: number;
}

export interface RetryOptions extends BackoffOptions {
  /** How often it is tried in all. Default 3. */
  readonly attempts?: number | undefined;
  /** Milliseconds for one attempt; its signal aborts with a TimeoutError then, and the attempt has failed. Default: none. */
  readonly timeout?: number;
  /** Which errors are worth another attempt. Default: all. Do not retry what cannot succeed: a 4xx, a type error. */
  readonly retryIf?: (error: unknown, attempt: number) => boolean;
  /** Milliseconds that the other side asked to wait (`Retry-After`), for this error; such a wait is not shortened. */
  readonly retryAfter?: (error: unknown) => number | undefined;
  /** Shared by the calls to one service: when most of them fail, retries stop. */
  readonly budget?: RetryBudget;
  readonly signal?: AbortSignal;
  /** Is told before each wait. */
  readonly onRetry?: (error: unknown, about: { readonly attempt: number; readonly wait: number }) => void;
  /** Between 0 and 1. For tests. */
  readonly random?: (() => number) | undefined;
}

export interface Attempt {
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborts at the timeout of the attempt, or with the caller's signal. */
  readonly signal: AbortSignal;
  /** The same in all attempts of one call: the other side can tell that it has done this already. */
  readonly idempotencyKey: string;
}

/**
 * What writes may only be tried again when the other side knows the key: without it, a lost answer means doing it twice.
 *
 * @example
 * const receipt = await retry(({ signal, idempotencyKey }) => charge(order, { signal, headers: { "Idempotency-Key": idempotencyKey } }), {
 *   attempts: 4,
 *   timeout: 2000,
 * });
 */
export async function retry<T>(run: (attempt: Attempt) => T | PromiseLike<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 3, timeout, retryIf = () => true, retryAfter, budget, signal, onRetry, random = Math.random } = options;
  const idempotencyKey = randomUUID();
  budget?.called();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withTimeout((own) => run({ attempt, signal: own, idempotencyKey }), timeout, signal);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (attempt >= attempts || !retryIf(error, attempt) || budget?.spend() === false) throw error;
      const wait = retryAfter?.(error) ?? backoff(attempt, options, random);
      onRetry?.(error, { attempt, wait });
      await sleep(wait, signal);
    }
  }
}

/**
 * Milliseconds to wait after so many failed attempts: any time up to a limit that doubles (full jitter, Brooker 2015,
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), so that clients that failed together do not come back together.
 *
 * @example
 * backoff(3, { delay: 100 }); // 0 to 400
 */
export function backoff(
  attempt: number,
  { delay = 100, maxDelay = 10_000 }: BackoffOptions = {},
  random: () => number = Math.random,
): number {
  return random() * Math.min(maxDelay, delay * 2 ** (attempt - 1));
}

/**
 * Runs with a signal that aborts after so many milliseconds (TimeoutError) or with the given one, and rejects then whether `run` heeds it or not.
 *
 * @example
 * const rows = await withTimeout((signal) => search(text, { signal }), 500);
 */
export async function withTimeout<T>(run: (signal: AbortSignal) => T | PromiseLike<T>, ms?: number, signal?: AbortSignal): Promise<T> {
  signal?.throwIfAborted();
  const { own, leave } = follow(signal);
  const timer = ms === undefined ? ms : after(ms, () => own.abort(new DOMException(`no result within ${ms} ms`, "TimeoutError")));
  try {
    return await abortable(Promise.resolve(run(own.signal)), own.signal);
  } finally {
    clearTimeout(timer);
    leave();
  }
}

export interface RetryBudget {
  /** Notes a call. */
  called(): void;
  /** Takes the right to one retry; false when there is none left. */
  spend(): boolean;
}

/**
 * A part of the calls may be retries: while few fail all are tried again, and when the other side is down it gets hardly more calls than without.
 *
 * @param ratio Retries a call earns. Default 0.1.
 * @param most Retries that can be saved up; as many are there at the start. Default 10.
 * @example
 * const budget = createRetryBudget();
 * await retry(() => fetch(url), { budget });
 */
export function createRetryBudget(ratio = 0.1, most = 10): RetryBudget {
  let left = most;
  return {
    called() {
      left = Math.min(most, left + ratio);
    },
    spend() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
