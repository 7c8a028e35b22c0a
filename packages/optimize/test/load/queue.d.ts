export interface Queue {
  readonly servers: number;
  /** Seconds. */
  readonly mean: number;
  readonly kind: string;
}
export function simulate(queue: Queue, rate: number, seconds: number, lead: number, random: () => number): Float64Array;
export function partAbove(times: Float64Array, limit: number): number;
export function trueCapacity(queue: Queue, objective: number, randomOf: () => () => number): number;
export function queueOf(random: () => number): { readonly queue: Queue; readonly objective: number };
