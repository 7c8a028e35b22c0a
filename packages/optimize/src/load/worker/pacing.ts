/** Waiting for moments that lie closer together than timers can tell apart. */

/** How the time to the next moment is spent: computing (exact, but takes a whole core), or in naps of a twentieth of a millisecond. */
export type Waiting = "spin" | "nap";

/** A timer of so many milliseconds may come one later. */
const timerLate = 1.2;
const nap = 0.05;
const nothing = new Int32Array(new SharedArrayBuffer(4));

export class Pacer {
  waiting: Waiting;
  /** Milliseconds of computing that was only waiting. */
  spun = 0;
  /** Milliseconds of this thread's clock; Infinity when nothing is to come. */
  readonly #turn: (now: number) => number;
  #stopped = false;
  #waited = 0;

  /** `turn` does what is due and gives the next moment. */
  constructor(turn: (now: number) => number, waiting: Waiting) {
    this.#turn = turn;
    this.waiting = waiting;
  }

  start(): void {
    this.#run();
  }

  stop(): void {
    this.#stopped = true;
  }

  readonly #run = (): void => {
    if (this.#stopped) return;
    const now = performance.now();
    // Since the last look nothing was due: what came in between from the network is taken for waiting when it was short.
    if (this.#waited > 0 && now - this.#waited < 0.1) this.spun += now - this.#waited;
    this.#waited = 0;
    const next = this.#turn(now);
    if (next === Infinity || this.#stopped) return;
    const gap = next - performance.now();
    if (gap > 1 + timerLate) {
      setTimeout(this.#run, Math.floor(gap - timerLate));
      return;
    }
    if (gap > 0) {
      if (this.waiting === "nap" && gap > 0.02) Atomics.wait(nothing, 0, 0, Math.min(gap, nap));
      else this.#waited = performance.now();
    }
    setImmediate(this.#run);
  };
}
