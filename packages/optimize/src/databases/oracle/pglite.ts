/** The embedded planner: PGlite in a thread of its own, started from a cached snapshot, ended when a statement takes too long. */
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { OptimizeError } from "../../model/errors.ts";
import type { PlannerEngine, Step, StepResult } from "./engine.ts";
import { openPglite, type PgliteHandle } from "./pglite-handle.ts";
import { runSteps } from "./pglite-steps.ts";
import type { WorkerAnswer, WorkerAsk, WorkerStart } from "./pglite-worker.ts";
import { builtSnapshot, loadSnapshot, saveSnapshot } from "./snapshot.ts";

export interface PgliteOptions {
  readonly extensions: readonly string[];
  /** Folder of the snapshot where the build brought none; without one every start makes a database cluster (seconds). */
  readonly cache: string | undefined;
  /** Little is asked: the second, better compilation of PostgreSQL costs more than it gains. */
  readonly brief: boolean;
  /** Milliseconds for one statement, before the thread is ended. */
  readonly timeout: number;
}

interface Running {
  readonly run: (steps: readonly Step[]) => Promise<readonly StepResult[]>;
  readonly snapshot: () => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** Starts it. Throws what kept it from starting. */
export async function startPglite(options: PgliteOptions): Promise<PlannerEngine> {
  const cached = (await builtSnapshot()) ?? (await loadSnapshot(options.cache));
  const running = await start(cached, options).catch(async (error: unknown) => {
    // A snapshot that does not start is one that was damaged.
    if (cached === undefined) throw error;
    return start(undefined, options);
  });
  if (cached === undefined && options.cache !== undefined) await saveSnapshot(options.cache, await running.snapshot());
  const [answer] = await running.run([
    { kind: "run", sql: "SELECT version() AS version, current_setting('server_version_num') AS number" },
  ]);
  const row = answer !== undefined && "rows" in answer ? answer.rows[0] : undefined;
  const number = Number(row?.["number"]);
  const version = /PostgreSQL (\S+)/.exec(String(row?.["version"]))?.[1] ?? "?";
  return {
    name: `PostgreSQL ${version} (embedded)`,
    major: Math.floor(number / 10_000),
    notice: undefined,
    run: running.run,
    close: running.close,
  };
}

async function start(snapshot: Uint8Array | undefined, options: PgliteOptions): Promise<Running> {
  // Sources that are run by a test have no built worker to load.
  if (import.meta.url.endsWith(".ts")) return inThisThread(await openPglite(snapshot, options.extensions));
  if (options.brief) for (const flag of compiledOnce) setFlagsFromString(flag);
  return inWorker({ snapshot, extensions: options.extensions }, options.timeout);
}

function inThisThread(handle: PgliteHandle): Running {
  return { run: (steps) => runSteps(handle, steps), snapshot: handle.snapshot, close: () => handle.database.close() };
}

/** For WebAssembly alone; what was compiled before stays as it is. */
const compiledOnce = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];

/** A start may make a cluster, on a machine that is busy. */
const startTimeout = 120_000;

/**
 * Of what is not the database's own memory, in megabytes: a scan that starts the planner has given its own thread far more room before anything is
 * collected, and that would hold for this one too.
 */
const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

async function inWorker(data: WorkerStart, timeout: number): Promise<Running> {
  const worker = new Worker(new URL("./pglite-worker.js", import.meta.url), {
    workerData: data,
    stdout: true,
    stderr: true,
    resourceLimits: limits,
  });
  const waiting = new Map<number, { done: (answer: WorkerAnswer) => void; fail: (error: Error) => void }>();
  let ended: Error | undefined;
  let next = 1;
  const end = (error: Error): void => {
    ended ??= error;
    for (const one of waiting.values()) one.fail(ended);
    waiting.clear();
    void worker.terminate();
  };
  worker.on("message", (answer: WorkerAnswer) => {
    waiting.get(answer.id)?.done(answer);
    waiting.delete(answer.id);
  });
  worker.on("error", (error) => end(new OptimizeError("planner", `the embedded planner crashed: ${String(error)}`)));
  worker.on("exit", () => end(new OptimizeError("planner", "the embedded planner ended")));
  const answerOf = (id: number, milliseconds: number, send: () => void): Promise<WorkerAnswer> =>
    new Promise((done, fail) => {
      if (ended !== undefined) return fail(ended);
      const timer = setTimeout(
        () => end(new OptimizeError("planner", `the planner did not answer within ${milliseconds / 1000} s and was ended`)),
        milliseconds,
      );
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          then(value);
        };
      waiting.set(id, { done: settle(done), fail: settle(fail) });
      send();
    });
  const ask = async (message: (id: number) => WorkerAsk, milliseconds: number): Promise<WorkerAnswer> => {
    const id = next++;
    const answer = await answerOf(id, milliseconds, () => worker.postMessage(message(id)));
    if ("error" in answer) throw new Error(answer.error);
    return answer;
  };
  const started = await answerOf(0, startTimeout, () => {});
  if ("error" in started) {
    await worker.terminate();
    throw new Error(started.error);
  }
  // The thread alone does not keep the program alive.
  worker.unref();
  return {
    run: async (steps) => {
      const answer = await ask((id) => ({ id, steps }), timeout + 20 * steps.length);
      return "results" in answer ? answer.results : [];
    },
    snapshot: async () => {
      const answer = await ask((id) => ({ id, snapshot: true }), startTimeout);
      if (!("snapshot" in answer)) throw new Error("no snapshot");
      return answer.snapshot;
    },
    close: async () => {
      ended ??= new OptimizeError("planner", "the embedded planner was closed");
      await worker.terminate();
    },
  };
}
