/** The highest rate at which an objective holds: doubling until it is missed, then steps where they tell most, until the interval is narrow. */
import type { Capacity, CapacityStep, StepOutcome } from "../model/load-search.ts";
import { Posterior } from "./posterior.ts";

/** Makes load at a rate for so many seconds, after a beginning that counts for nothing, and counts what was bad. */
export type Probe = (rate: number, seconds: number) => Promise<StepOutcome>;

export interface CapacityOptions {
  /** The part of the requests that may be bad: 0.01 for a p99. */
  readonly part: number;
  readonly start: number;
  readonly most: number;
  /** Seconds of a step. */
  readonly seconds: number;
  /** The interval is narrow enough at this part of its middle. */
  readonly width: number;
  readonly mostSteps: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: CapacityStep, interval: readonly [number, number] | undefined) => void;
}

/** Fewer steps around the limit than this are chance. */
const fewestAround = 8;
/** So many steps in a row that say nothing end the search. */
const mostInvalid = 3;
/** Rates are asked for at these points of what is likely, in turns: the middle tells most about the place, the sides about how fast it gets bad. */
const askedAt = [0.5, 0.25, 0.75, 0.5, 0.1, 0.9];

/** A step begins with an empty line and ends before the longest one: it sees a little less than endless load does. */
const transient = 0.01;

export function findCapacity(probe: Probe, options: CapacityOptions): Promise<Capacity> {
  return new Search(probe, options).run();
}

/** Nothing more can be learned: stopped, or invalid again and again. */
class Stopped extends Error {}

class Search {
  readonly #probe: Probe;
  readonly #options: CapacityOptions;
  readonly #steps: CapacityStep[] = [];
  #posterior: Posterior | undefined;
  #invalid = 0;

  constructor(probe: Probe, options: CapacityOptions) {
    this.#probe = probe;
    this.#options = options;
  }

  async run(): Promise<Capacity> {
    try {
      return (await this.#bracket()) ?? (await this.#narrow());
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      if (this.#options.signal?.aborted === true) return this.#end("interrupted", "interrupted");
      return this.#end("inconclusive", `${mostInvalid} steps in a row say nothing: ${this.#steps.at(-1)?.invalid ?? ""}`);
    }
  }

  /** Doubles the rate until the objective is missed twice, or halves it until it holds. Gives a result only when there is no limit to find. */
  async #bracket(): Promise<Capacity | undefined> {
    const { start, most, seconds } = this.#options;
    const holds = async (rate: number): Promise<boolean> => (await this.#step(rate, seconds)) || (await this.#step(rate, seconds));
    let rate = Math.min(start, most);
    let [low, high] = [0, 0];
    const up = await holds(rate);
    for (let held = up; ; held = await holds(rate)) {
      if (held) low = rate;
      else high = rate;
      if (low > 0 && high > 0) break;
      if (up && rate >= most) return this.#end("above", `the objective held at ${most} requests/s, the most that was tried`);
      if (!up && rate * seconds < 20) return this.#end("below", "the objective was missed at every rate");
      rate = up ? Math.min(most, rate * 2) : rate / 2;
    }
    this.#posterior = new Posterior(this.#options.part, low, high);
    for (const step of this.#steps) if (step.invalid === undefined) this.#posterior.add(step);
    return undefined;
  }

  async #narrow(): Promise<Capacity> {
    const { mostSteps, width, seconds } = this.#options;
    for (let around = 0; this.#steps.length < mostSteps; around++) {
      const [low, high] = this.#interval();
      if (around >= fewestAround && high / low - 1 <= width) {
        // What is to be relied on has to hold for longer than a step.
        if (await this.#step(low, seconds * 2)) return this.#found(low);
        continue;
      }
      await this.#step(this.#at(askedAt[around % askedAt.length] ?? 0.5), seconds);
    }
    return this.#found(undefined);
  }

  /** Whether the objective held. */
  async #step(rate: number, seconds: number): Promise<boolean> {
    for (;;) {
      this.#heed();
      const step = { rate, seconds, ...(await this.#probe(rate, seconds)) };
      this.#heed();
      this.#steps.push(step);
      if (step.invalid === undefined) this.#posterior?.add(step);
      this.#options.onStep?.(step, this.#posterior === undefined ? undefined : this.#interval());
      if (step.invalid === undefined) {
        this.#invalid = 0;
        return step.bad <= step.requests * this.#options.part;
      }
      if (++this.#invalid >= mostInvalid) throw new Stopped();
    }
  }

  #heed(): void {
    if (this.#options.signal?.aborted === true) throw new Stopped();
  }

  #at(probability: number): number {
    return this.#posterior?.at(probability) ?? NaN;
  }

  #interval(): readonly [number, number] {
    return [this.#at(0.03) * (1 - transient), this.#at(0.97)];
  }

  #found(confirmed: number | undefined): Capacity {
    return {
      outcome: "found",
      rate: this.#at(0.5),
      interval: this.#interval(),
      steps: this.#steps,
      ...(confirmed === undefined ? { reason: `${this.#steps.length} steps make the interval no narrower` } : { confirmed }),
    };
  }

  #end(outcome: Capacity["outcome"], reason: string): Capacity {
    return { outcome, ...(this.#posterior === undefined ? {} : { interval: this.#interval() }), steps: this.#steps, reason };
  }
}
