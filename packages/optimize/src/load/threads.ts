/** Starts the workers of a plan and gives their figures while they run. */
import { availableParallelism, loadavg } from "node:os";
import { Worker } from "node:worker_threads";
import { OptimizeError } from "../model/errors.ts";
import { peakOf, type Plan } from "./plan.ts";
import { recordBytes, recordIn, type WorkerRecord } from "./recording.ts";
import type { PartMessage } from "./worker/main.ts";
import { orders, preparePart, sharedClock, type PartData, type PartEnd } from "./worker/part.ts";
import type { Waiting } from "./worker/pacing.ts";

export interface Team {
  readonly records: readonly WorkerRecord[];
  /** Starts all of them at the same moment. */
  readonly start: () => Promise<readonly PartEnd[]>;
  /** Begins nothing more; what is under way may end, or is dropped. */
  readonly finish: () => void;
  readonly drop: () => void;
}

/** So many requests a second are little for one worker, on any machine. */
const rateAWorker = 15_000;
const mostWorkers = 4;
/** Milliseconds between the word and the first request: all threads have heard it by then. */
const headStart = 30;

/** How many workers a plan needs, with a core left for the target. */
export function workersFor({ executor }: Plan): number {
  const free = Math.max(1, Math.min(mostWorkers, availableParallelism() - 1));
  if (executor.kind === "arrivals") return Math.min(free, Math.max(1, Math.ceil(peakOf(executor.stages) / rateAWorker)));
  const users = executor.kind === "users" ? peakOf(executor.stages) : executor.users;
  return Math.min(free, Math.max(1, Math.ceil(users / 64)));
}

/** Computing while waiting is exact where cores are free, and harmful where not. */
function waitingFor(workers: number): Waiting {
  return availableParallelism() - (loadavg()[0] ?? 0) >= workers + 1 ? "spin" : "nap";
}

/** Gives a team that is ready to start. */
export async function assemble(plan: Plan, workers: number): Promise<Team> {
  const control = new SharedArrayBuffer(4);
  const waiting = waitingFor(workers);
  const parts = Array.from({ length: workers }, (_, worker) => {
    const figures = new SharedArrayBuffer(recordBytes(plan.endpoints.length));
    return { plan, figures, control, worker, workers, waiting } satisfies PartData;
  });
  const begin = await Promise.all(parts.map((part) => (import.meta.url.endsWith(".ts") ? startHere(part) : startThread(part))));
  const order = new Int32Array(control);
  return {
    records: parts.map(({ figures }) => recordIn(figures, plan.endpoints.length)),
    start: async () => {
      const at = sharedClock() + headStart;
      return Promise.all(begin.map((one) => one(at)));
    },
    finish: () => void (order[0] = Math.max(order[0] ?? 0, orders.finish)),
    drop: () => void (order[0] = orders.drop),
  };
}

type Begin = (at: number) => Promise<PartEnd>;

/** Sources that are run by a test have no built worker to load. */
async function startHere(part: PartData): Promise<Begin> {
  const prepared = preparePart(part);
  return async (at) => prepared.start(at);
}

function startThread(part: PartData): Promise<Begin> {
  const worker = new Worker(new URL("./worker/main.js", import.meta.url), { workerData: part });
  return new Promise((resolveReady, rejectReady) => {
    let resolveEnd: (end: PartEnd) => void = () => {};
    let rejectEnd: (error: Error) => void = rejectReady;
    worker.on("message", (message: PartMessage) => {
      if (message.kind === "end") {
        // Sockets that it has left to close keep nobody waiting.
        void worker.terminate();
        return resolveEnd(message.end);
      }
      resolveReady(
        (at) =>
          new Promise((resolve, reject) => {
            [resolveEnd, rejectEnd] = [resolve, reject];
            worker.postMessage(at);
          }),
      );
    });
    worker.on("error", (error) => rejectEnd(error));
    worker.on("exit", () => rejectEnd(new OptimizeError("internal", "a worker ended without a result")));
  });
}
