/** One worker's run: waits for the word, makes its part of the load, and ends when the last answer is there. */
import type { Plan } from "../plan.ts";
import { add, recordIn, workerCell } from "../recording.ts";
import { closedDriver } from "./closed.ts";
import { Engine, type FailureNote, type TraceNote } from "./engine.ts";
import { watchHealth } from "./health.ts";
import { openDriver } from "./open.ts";
import type { Waiting } from "./pacing.ts";

export interface PartData {
  readonly plan: Plan;
  /** Its record. */
  readonly figures: ArrayBufferLike;
  /** What all workers are told: see `orders`. */
  readonly control: SharedArrayBuffer;
  readonly worker: number;
  readonly workers: number;
  readonly waiting: Waiting;
}

/** Orders of the main thread, in the first cell of the control memory. */
export const orders = { run: 0, finish: 1, drop: 2 } as const;

export interface PartEnd {
  readonly notes: readonly FailureNote[];
  readonly traces: readonly TraceNote[];
  /** What is left of the variables, for a setup. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Milliseconds of a clock that all threads share. */
export function sharedClock(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

const beat = 50;

/** Gives how to start at a moment of the shared clock; the promise is fulfilled when all is over. */
export function preparePart(data: PartData): { readonly start: (at: number) => Promise<PartEnd> } {
  const { plan, worker, workers } = data;
  const { index, of } = plan.segment;
  const record = recordIn(data.figures, plan.endpoints.length);
  const control = new Int32Array(data.control);
  const engine = new Engine(plan, record, workers);
  const share = { part: index * workers + worker, of: of * workers };
  const health = watchHealth(record.counts);
  return {
    start: (at) =>
      new Promise((resolve) => {
        let sentAll = Infinity;
        const onSent = (): void => void (sentAll = Math.min(sentAll, performance.now()));
        const driver =
          plan.executor.kind === "arrivals" ? openDriver(engine, share, data.waiting, onSent) : closedDriver(engine, share, onSent);
        let ending = false;
        const finish = (now: number): void => {
          clearInterval(timer);
          engine.stop(now);
          health.update();
          health.end();
          add(record.counts, workerCell.done);
          resolve({ notes: engine.notes, traces: engine.traces });
        };
        const timer = setInterval(() => {
          const now = performance.now();
          engine.sweep(now);
          health.update();
          driver.beat(now);
          const order = control[0];
          if (order !== orders.run && !ending) {
            ending = true;
            driver.stop(now);
            onSent();
            if (order === orders.drop) engine.muted = true;
          }
          if (engine.muted || (sentAll < Infinity && (engine.open === 0 || now - sentAll > plan.grace))) finish(now);
        }, beat);
        health.begin();
        driver.start(at - sharedClock() + performance.now());
      }),
  };
}
