/** Random numbers that a seed decides: the same seed gives the same resamples, intervals and schedules on every machine. Not for secrets. */

/** Gives whole numbers from 0 to 2^32 - 1, evenly. */
export type Random = () => number;

/**
 * xoshiro128** of Blackman and Vigna ("Scrambled linear pseudorandom number generators", 2021; https://prng.di.unimi.it), its four words
 * filled from the seed by the mixing step of splitmix32, so that neighbouring seeds have nothing in common.
 */
export function randomFrom(seed: number): Random {
  let mixed = seed | 0;
  const word = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  let [a, b, c, d] = [word(), word(), word(), word()];
  return () => {
    const five = Math.imul(b, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}

/** Evenly in [0, 1). */
export function fraction(random: Random): number {
  return random() / 0x1_0000_0000;
}

/** A whole number from 0 to `bound` - 1. Scaling 2^32 values makes some of them likelier than others by less than `bound` / 2^32. */
export function below(random: Random, bound: number): number {
  return Math.floor(fraction(random) * bound);
}
