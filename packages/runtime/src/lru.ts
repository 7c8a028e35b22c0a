/** A map that holds at most so many entries and forgets the one that was used the longest time ago. */
export interface Lru<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): boolean;
  entries(): IterableIterator<[K, V]>;
  readonly size: number;
}

/**
 * @param max Entries that are kept at most.
 * @example
 * const recent = createLru<string, number>(1000);
 * recent.set("a", 1);
 * recent.get("a"); // 1
 */
export function createLru<K, V>(max: number): Lru<K, V> {
  // A Map gives its keys in the order in which they came: the first is the oldest.
  const map = new Map<K, V>();
  return {
    get(key) {
      const value = map.get(key);
      if (map.delete(key)) map.set(key, value as V);
      return value;
    },
    set(key, value) {
      map.delete(key);
      map.set(key, value);
      if (map.size > max) map.delete(map.keys().next().value as K);
    },
    delete: (key) => map.delete(key),
    entries: () => map.entries(),
    get size() {
      return map.size;
    },
  };
}
