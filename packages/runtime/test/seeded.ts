/** Randomness that can be had again: a failing case names its seed. */

export interface Random {
  /** 0 up to, not including, 1. */
  next(): number;
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Lets others run: some microtasks, a turn of the loop, or a timer. */
  pause(): Promise<void>;
}

/** mulberry32 */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    async pause() {
      const kind = below(4);
      if (kind === 0) return;
      if (kind === 1) for (let tick = below(6); tick > 0; tick -= 1) await Promise.resolve();
      else if (kind === 2) await new Promise<void>((resolve) => setImmediate(resolve));
      else await new Promise<void>((resolve) => setTimeout(resolve, below(3)));
    },
  };
}

/** Runs a property for many seeds; what fails says for which. */
export async function forSeeds(count: number, property: (random: Random, seed: number) => unknown): Promise<void> {
  for (let seed = 1; seed <= count; seed += 1) {
    try {
      await property(seeded(seed), seed);
    } catch (cause) {
      throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
}
