/** Objects that are made again and again, kept for the next who needs one. For cheap objects it costs more than it saves: measure first. */

export interface ObjectPoolOptions<T> {
  readonly create: () => T;
  /** Puts one that comes back in order; one for which it throws is not kept, and the error goes to who gave it back. */
  readonly reset?: (object: T) => unknown;
  /** Whether one that has lain there can still be used. */
  readonly validate?: (object: T) => boolean;
  /** Objects that lie there at most; a further one that comes back is left to the garbage collector. Default 100. */
  readonly max?: number;
}

export interface ObjectPool<T> {
  /** One that lies there, or a new one. Never waits. */
  acquire(): T;
  /** Throws for one that is given back twice. */
  release(object: T): void;
  /** Takes one, and gives it back whatever happens. */
  use<R>(run: (object: T) => R | Promise<R>): Promise<R>;
  readonly idle: number;
}

/**
 * @example
 * const buffers = createObjectPool({ create: () => Buffer.alloc(65_536), reset: (buffer) => buffer.fill(0), max: 16 });
 * const digest = await buffers.use((buffer) => read(file, buffer));
 */
export function createObjectPool<T>({ create, reset, validate, max = 100 }: ObjectPoolOptions<T>): ObjectPool<T> {
  const idle = new Set<T>();

  function acquire(): T {
    for (const object of idle) {
      idle.delete(object);
      if (validate?.(object) !== false) return object;
    }
    return create();
  }

  function release(object: T): void {
    if (idle.has(object)) throw new Error("given back already");
    reset?.(object);
    if (idle.size < max) idle.add(object);
  }

  return {
    acquire,
    release,
    async use(run) {
      const object = acquire();
      try {
        return await run(object);
      } finally {
        release(object);
      }
    },
    get idle() {
      return idle.size;
    },
  };
}
