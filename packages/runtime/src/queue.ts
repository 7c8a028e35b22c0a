/** Work that a request need not wait for: some at once, tried again when it fails, and finished before the process ends. */
import { createLimiter } from "./concurrency.ts";
import { retry, withTimeout, type BackoffOptions } from "./retry.ts";
import { deferred, sleep, warnOnce, type Deferred } from "./waiting.ts";

export interface JobOptions {
  /** A job whose id is waiting or running already is not added again; the one that is there is given. */
  readonly id?: string;
  /** Milliseconds before the first attempt, 24 days at most. */
  readonly delay?: number;
}

export interface JobContext {
  readonly id: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborts at the timeout, and when the queue closes without waiting any longer. */
  readonly signal: AbortSignal;
}

export interface Job<R> {
  readonly id: string;
  /** What the handler gave; rejects when the last attempt failed. Not to be awaited in a request: that is what the queue is for. */
  finished(): Promise<R>;
}

export interface QueueStats {
  readonly waiting: number;
  readonly delayed: number;
  readonly running: number;
  readonly completed: number;
  readonly failed: number;
}

/** The same over memory and over BullMQ. */
export interface Queue<D, R> {
  add(data: D, options?: JobOptions): Promise<Job<R>>;
  /** Resolves when nothing waits, is delayed or runs. */
  drain(): Promise<void>;
  /** Takes nothing more and waits for what is there; gives what could not be done in time. */
  close(options?: { readonly timeout?: number }): Promise<{ readonly left: readonly { readonly id: string; readonly data: D }[] }>;
  stats(): Promise<QueueStats>;
}

export interface QueueOptions<D, R> {
  readonly handler: (data: D, context: JobContext) => R | Promise<R>;
  /** Jobs that run at once. Default 5. */
  readonly concurrency?: number;
  /** How often a job is tried in all. Default 3. */
  readonly attempts?: number;
  /** Waits between attempts, doubling, at random up to their limit. Default: from 1 second to 1 minute. */
  readonly backoff?: BackoffOptions;
  /** Milliseconds for one attempt. Default: none. */
  readonly timeout?: number;
  /** Jobs that may wait, be delayed or run; one more is refused, so that a queue that is not keeping up does not eat the memory. Default 10,000. */
  readonly max?: number;
  /** Is told of a job whose last attempt failed. */
  readonly onFailed?: (error: unknown, job: { readonly id: string; readonly attempts: number }) => void;
  /** Between 0 and 1. For tests. */
  readonly random?: () => number;
}

interface Entry<D, R> extends Job<R> {
  readonly data: D;
  readonly stop: AbortController;
  state: "waiting" | "delayed" | "running";
}

export const defaultBackoff: BackoffOptions = { delay: 1000, maxDelay: 60_000 };

/**
 * A queue in the memory of the process: what it holds is lost when the process is killed. For work that must not be lost use
 * `createBullQueue`, which has the same interface.
 *
 * @example
 * const mails = createQueue({ handler: (mail: Mail, { signal }) => send(mail, { signal }), concurrency: 4 });
 * await mails.add({ to: "a@example.com" });
 * process.once("SIGTERM", () => void mails.close({ timeout: 20_000 }));
 */
export function createQueue<D, R = unknown>(options: QueueOptions<D, R>): Queue<D, R> {
  const { handler, concurrency = 5, attempts, timeout, max = 10_000, onFailed, random } = options;
  const limit = createLimiter(concurrency);
  const jobs = new Map<string, Entry<D, R>>();
  const idle: (() => void)[] = [];
  const warn = warnOnce("a hook failed");
  let [completed, failed, made, closed] = [0, 0, 0, false];

  async function work(entry: Entry<D, R>, delay: number): Promise<R> {
    const { id, data, stop } = entry;
    if (delay > 0) await sleep(delay, stop.signal);
    return retry(
      ({ attempt }) => {
        entry.state = "waiting";
        return limit(() => {
          entry.state = "running";
          return withTimeout((signal) => handler(data, { id, attempt, signal }), timeout, stop.signal);
        }, stop.signal);
      },
      {
        ...defaultBackoff,
        ...options.backoff,
        attempts,
        random,
        signal: stop.signal,
        onRetry: () => {
          entry.state = "delayed";
        },
      },
    );
  }

  /** Settles what the job promised. */
  async function end(entry: Entry<D, R>, result: Deferred<R>, delay: number): Promise<void> {
    try {
      result.resolve(await work(entry, delay));
      completed += 1;
    } catch (error) {
      result.reject(error);
      if (entry.stop.signal.aborted) return;
      failed += 1;
      onFailed?.(error, { id: entry.id, attempts: attempts ?? 3 });
    } finally {
      // Another job may have the id when this one was given up.
      if (jobs.get(entry.id) === entry) jobs.delete(entry.id);
      if (jobs.size === 0) for (const tell of idle.splice(0)) tell();
    }
  }

  const drain = () => new Promise<void>((resolve) => (jobs.size === 0 ? resolve() : idle.push(resolve)));

  return {
    async add(data, { id = `#${(made += 1)}`, delay = 0 } = {}) {
      if (closed) throw new Error("the queue is closed");
      const known = jobs.get(id);
      if (known) return known;
      if (jobs.size >= max) throw new Error(`the queue is full: ${max} jobs`);
      const result = deferred<R>();
      const entry: Entry<D, R> = { id, data, stop: new AbortController(), state: "delayed", finished: () => result.promise };
      jobs.set(id, entry);
      end(entry, result, delay).catch(warn);
      return entry;
    },
    drain,
    async close({ timeout: patience = 10_000 } = {}) {
      closed = true;
      await withTimeout(drain, patience).catch(() => {});
      const left = [...jobs.values()];
      jobs.clear();
      for (const { stop } of left) stop.abort(new Error("the queue was closed"));
      return { left: left.map(({ id, data }) => ({ id, data })) };
    },
    async stats() {
      const stats = { waiting: 0, delayed: 0, running: 0, completed, failed };
      for (const { state } of jobs.values()) stats[state] += 1;
      return stats;
    },
  };
}
