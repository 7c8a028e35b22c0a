/** Which of the sampled requests are kept: the slowest, and of each endpoint at least its own slowest. */

const most = 20;

/** The slowest first. */
export function slowestOf<T extends { readonly endpoint: string | number; readonly latency: number }>(traces: readonly T[]): T[] {
  const sorted = [...traces].sort((a, b) => b.latency - a.latency);
  const seen = new Set<T["endpoint"]>();
  return sorted.filter(({ endpoint }, place) => {
    const isFirst = !seen.has(endpoint);
    seen.add(endpoint);
    return place < most || isFirst;
  });
}
