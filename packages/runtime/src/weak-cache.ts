/** Memory of things that lasts exactly as long as the things. */

export interface WeakCache<K, V extends object> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  has(key: K): boolean;
  delete(key: K): boolean;
  /** Keys whose value is still alive, as far as is known. */
  readonly size: number;
}

/**
 * Values under any key for as long as something else holds them: two parts of a program that ask for the same thing get the same one. It
 * does not keep anything alive, so it is no cache for what nobody holds; use `createCache` with a bound for that.
 *
 * @example
 * const documents = createWeakCache<string, Document>();
 * documents.set(id, document);
 */
export function createWeakCache<K, V extends object>(): WeakCache<K, V> {
  const references = new Map<K, WeakRef<V>>();
  // A newer value may stand under the key when an older one goes.
  const registry = new FinalizationRegistry<[K, WeakRef<V>]>(([key, reference]) => {
    if (references.get(key) === reference) references.delete(key);
  });
  const get = (key: K) => references.get(key)?.deref();
  return {
    get,
    set(key, value) {
      const reference = new WeakRef(value);
      references.set(key, reference);
      registry.register(value, [key, reference]);
    },
    has: (key) => get(key) !== undefined,
    delete: (key) => references.delete(key),
    get size() {
      return references.size;
    },
  };
}
