/** Waiting that ends early, and leaves no timer and no listener behind. */

/** A timer that waits 24 days at most: what Node's timers cannot hold, Infinity too, would fire at once. */
export function after(ms: number, run: () => void): ReturnType<typeof setTimeout> {
  return setTimeout(run, Math.min(ms, 2 ** 31 - 1));
}

/**
 * Resolves after so many milliseconds, 24 days at most; rejects with the signal's reason when it aborts before.
 *
 * @example
 * await sleep(100, AbortSignal.timeout(50)); // rejects after 50 ms
 */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = deferred<void>();
  const timer = after(ms, resolve);
  await abortable(promise, signal).finally(() => clearTimeout(timer));
}

/**
 * The promise, or a rejection with the signal's reason when it aborts before. What the promise does afterwards is nobody's any more.
 *
 * @example
 * const rows = await abortable(pool.query("select 1"), request.signal);
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** An own signal that also aborts with the given one, until `leave` is called. */
export function follow(signal: AbortSignal | undefined): { own: AbortController; leave: () => void } {
  const own = new AbortController();
  const onAbort = () => own.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  return { own, leave: () => signal?.removeEventListener("abort", onAbort) };
}

export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** A promise to be settled from outside. Nobody has to look at it: it raises no unhandled rejection. */
export function deferred<T>(): Deferred<T> {
  const made = {} as { -readonly [K in keyof Deferred<T>]: Deferred<T>[K] };
  made.promise = new Promise<T>((resolve, reject) => Object.assign(made, { resolve, reject }));
  made.promise.catch(() => {});
  return made;
}

/** Says a thing once as a warning of the process: for what would otherwise go unseen. */
export function warnOnce(about: string): (error: unknown) => void {
  let warned = false;
  return (error) => {
    if (!warned) process.emitWarning(`${about}: ${String(error)}`);
    warned = true;
  };
}

/** Runs it and tells when it has ended, with the error if there was one; result and errors are those of `run`. */
export function observed<R>(run: () => R, ended: (failed: boolean, error?: unknown) => void): R {
  const threw = (error: unknown): never => {
    ended(true, error);
    throw error;
  };
  let result: R;
  try {
    result = run();
  } catch (error) {
    return threw(error);
  }
  const told = <T>(value: T): T => {
    ended(false);
    return value;
  };
  // Only real promises: what is lazy would be started twice by asking it.
  return result instanceof Promise ? (result.then(told, threw) as R) : told(result);
}
