/** The queue over Redis: jobs outlive the process. Needs the package bullmq, which is an optional peer. */
import { backoff, withTimeout } from "./retry.ts";
import { sleep, warnOnce } from "./waiting.ts";
import { defaultBackoff, type Queue, type QueueOptions, type QueueStats } from "./queue.ts";

export interface BullQueueOptions<D, R> extends Omit<QueueOptions<D, R>, "handler" | "max" | "random"> {
  /** The name that the processes of a program share. */
  readonly name: string;
  /** What BullMQ takes: `{ host, port }`, or an ioredis client. */
  readonly connection: object;
  /** A process that only adds jobs has no handler. */
  readonly handler?: QueueOptions<D, R>["handler"];
  /** Sees lost connections and the like; they are mended by themselves. Default: one process warning. */
  readonly onError?: (error: unknown) => void;
  /** More of BullMQ's own options: `{ lockDuration: 10_000, stalledInterval: 10_000 }` takes over the jobs of a killed worker sooner than in 30 s. */
  readonly worker?: object;
  /** Default: 1000 finished and 1000 failed jobs are kept. */
  readonly jobs?: object;
}

/** What is used of BullMQ, so that its types are needed only where it is. */
interface BullJob {
  readonly id?: string;
  readonly name: string;
  readonly data: never;
  readonly attemptsMade: number;
  readonly opts: { readonly deduplication?: { readonly id: string } };
  waitUntilFinished(events: BullPart): Promise<never>;
}
interface BullPart {
  on(event: string, listener: (...args: never[]) => void): unknown;
  close(force?: boolean): Promise<void>;
}
interface BullQueuePart extends BullPart {
  add(name: string, data: unknown, options: object): Promise<BullJob>;
  getJobCounts(...kinds: string[]): Promise<Record<string, number>>;
}
interface BullModule {
  Queue: new (name: string, options: object) => BullQueuePart;
  Worker: new (name: string, handler: (job: BullJob, token?: string, signal?: AbortSignal) => unknown, options: object) => BullPart;
  QueueEvents: new (name: string, options: object) => BullPart;
}

const pending = ["wait", "prioritized", "delayed", "active"];

/**
 * Attempts, waits and concurrency as `createQueue`. A job whose worker is killed is done again by another: handlers must bear being run twice.
 *
 * @example
 * const mails = await createBullQueue({ name: "mails", connection: { host: "127.0.0.1", port: 6379 }, handler: send });
 * await mails.add({ to: "a@example.com" }, { id: "welcome-7" });
 */
export async function createBullQueue<D, R = unknown>(options: BullQueueOptions<D, R>): Promise<Queue<D, R>> {
  const bull = (await import("bullmq")) as unknown as BullModule;
  const { name, connection, handler, concurrency = 5, attempts = 3, timeout, onFailed } = options;
  const onError = options.onError ?? warnOnce("a queue");
  const queue = new bull.Queue(name, {
    connection,
    defaultJobOptions: { attempts, backoff: { type: "jittered" }, removeOnComplete: 1000, removeOnFail: 1000, ...options.jobs },
  });
  queue.on("error", onError);
  const limits = { ...defaultBackoff, ...options.backoff };
  const stop = new AbortController();
  const worker = handler && workerOf(handler);
  let events: BullPart | undefined;

  function workerOf(run: NonNullable<typeof handler>): BullPart {
    const own = new bull.Worker(name, (job) => handled(run, job), {
      connection,
      concurrency,
      ...options.worker,
      settings: { backoffStrategy: (made: number) => backoff(made, limits) },
    });
    own.on("error", onError);
    own.on("failed", (job: BullJob | undefined, error: unknown) => {
      if (job && job.attemptsMade >= attempts) onFailed?.(error, { id: String(job.id), attempts: job.attemptsMade });
    });
    return own;
  }

  function handled(run: NonNullable<typeof handler>, job: BullJob): Promise<R> {
    const id = job.opts.deduplication?.id ?? String(job.id);
    return withTimeout((signal) => run(job.data, { id, attempt: job.attemptsMade + 1, signal }), timeout, stop.signal);
  }

  function eventsOf(): BullPart {
    if (!events) {
      // From the beginning: what happens until it listens would be missed.
      events = new bull.QueueEvents(name, { connection, lastEventId: "0" });
      events.on("error", onError);
    }
    return events;
  }

  async function drain(): Promise<void> {
    for (;;) {
      const counts = await queue.getJobCounts(...pending);
      if (Object.values(counts).every((count) => count === 0)) return;
      await sleep(100);
    }
  }

  return {
    async add(data, { id, delay } = {}) {
      // Not jobId: that would refuse the id as long as Redis remembers the finished job.
      const job = await queue.add(name, data, { ...(id && { deduplication: { id } }), ...(delay && { delay }) });
      return { id: id ?? String(job.id), finished: () => job.waitUntilFinished(eventsOf()) };
    },
    drain,
    /** Waits for the jobs that this process runs; all others stay in Redis for the next process. */
    async close({ timeout: patience = 10_000 } = {}) {
      const timer = setTimeout(() => {
        stop.abort(new Error("the queue was closed"));
        // It may hang on a connection that is gone.
        void worker?.close(true);
      }, patience);
      await worker?.close();
      clearTimeout(timer);
      await events?.close();
      await queue.close();
      return { left: [] };
    },
    async stats(): Promise<QueueStats> {
      const { wait = 0, prioritized = 0, active = 0, ...rest } = await queue.getJobCounts(...pending, "completed", "failed");
      return { waiting: wait + prioritized, running: active, ...rest } as unknown as QueueStats;
    },
  };
}
