/** The normal and Student's t distribution, as far as intervals and tests need them. */

/** P(Z <= z) of the standard normal: formula 7.1.26 of Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964); error below 1e-7. */
export function normalBelow(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (series * Math.exp(-x * x)) / 2;
  return z < 0 ? tail : 1 - tail;
}

/**
 * P(|T| <= t) of Student's t with a whole number of degrees of freedom: the finite series 26.7.3 (odd) and 26.7.4 (even) of
 * Abramowitz and Stegun.
 */
function studentWithin(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k;
    sum += term;
  }
  return odd ? ((angle + sine * sum) * 2) / Math.PI : sine * sum;
}

/** The t that |T| stays below with this probability (0 < `within` < 1), by bisection. */
export function studentBound(within: number, freedom: number): number {
  let [low, high] = [0, 1];
  while (studentWithin(high, freedom) < within) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentWithin(middle, freedom) < within) low = middle;
    else high = middle;
  }
  return high;
}
