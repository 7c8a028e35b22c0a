/**
 * When requests are to be sent. The rate is a straight line within a stage, so the expected number of arrivals up to a time is a parabola, and
 * the time of the n-th arrival is the root of one. Every worker and machine computes the same schedule and takes its part of it by
 * counting: nobody has to agree on anything while it runs.
 */
import type { Stage } from "./plan.ts";
import { fraction, randomFrom, type Random } from "../model/random.ts";

/** Arrivals that are expected up to the end of all stages. */
export function arrivalsOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, { from, to, seconds }) => sum + ((from + to) / 2) * seconds, 0);
}

/** The rate (or the number of users) at a time in seconds; 0 outside. */
export function levelAt(stages: readonly Stage[], time: number): number {
  let begun = 0;
  for (const { from, to, seconds } of stages) {
    if (time < begun + seconds) return time < begun ? 0 : from + ((to - from) * (time - begun)) / seconds;
    begun += seconds;
  }
  return 0;
}

/** Gives the time in seconds at which the expected number of arrivals reaches `count`; counts must not fall. Infinity after the last stage. */
function clockOf(stages: readonly Stage[]): (count: number) => number {
  let [index, counted, begun] = [0, 0, 0];
  return (count) => {
    for (;;) {
      const stage = stages[index];
      if (stage === undefined) return Infinity;
      const { from, to, seconds } = stage;
      const within = ((from + to) / 2) * seconds;
      if (count < counted + within) {
        const rest = count - counted;
        const slope = (to - from) / seconds;
        // The root of slope/2 t² + from t = rest, in the form that loses no digits when the slope is small.
        return begun + (rest === 0 ? 0 : (2 * rest) / (from + Math.sqrt(from * from + 2 * slope * rest)));
      }
      counted += within;
      begun += seconds;
      index++;
    }
  };
}

export interface Arrival {
  /** Of the whole schedule, from 0. */
  readonly index: number;
  /** Milliseconds since the beginning. */
  readonly at: number;
}

/** One worker's part: every `of`-th arrival from the `part`-th on. */
export interface Part {
  readonly part: number;
  readonly of: number;
}

/** Gives the next arrival of this part, with `at` Infinity when there is none left. The object is reused. */
export function arrivals(stages: readonly Stage[], poisson: boolean, seed: number, { part, of }: Part): () => Arrival {
  const timeOf = clockOf(stages);
  const arrival = { index: part - of, at: 0 };
  if (!poisson) {
    return () => {
      arrival.index += of;
      arrival.at = timeOf(arrival.index) * 1000;
      return arrival;
    };
  }
  const gaps = exponential(randomFrom(seed));
  let [drawn, sum] = [-1, 0];
  return () => {
    arrival.index += of;
    for (; drawn < arrival.index; drawn++) sum += gaps();
    arrival.at = timeOf(sum) * 1000;
    return arrival;
  };
}

/** Gaps of a Poisson process of rate 1, by inversion. */
function exponential(random: Random): () => number {
  return () => -Math.log(1 - fraction(random));
}

const golden = 0.618_033_988_749_894_9;

/** Which of several weighted things the `index`-th arrival is: the golden ratio's multiples fill [0, 1) evenly, so that shares are right from the start. */
export function chosen(weights: readonly number[], index: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = (((index + 1) * golden) % 1) * total;
  for (let place = 0; place < weights.length - 1; place++) {
    left -= weights[place] ?? 0;
    if (left < 0) return place;
  }
  return weights.length - 1;
}
