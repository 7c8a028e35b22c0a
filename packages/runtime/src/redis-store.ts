/** The second tier of a cache in Redis or Valkey, through the client that the program already has. */
import { globLiteral } from "./glob.ts";
import { after, deferred } from "./waiting.ts";

/** What a cache needs of a store that several processes share. All of it may reject; the cache then goes on without. */
export interface Store {
  get(key: string): Promise<string | undefined>;
  /** Keeps a value for `ttl` milliseconds. With `seen` only while the first 16 characters of what is there are still that, "" for nothing. */
  set(key: string, value: string, ttl: number, seen?: string): Promise<void>;
  /** Deletes the keys that match a glob pattern, a part at a time. */
  deletePattern(pattern: string): Promise<void>;
}

/** ioredis, iovalkey, node-redis, valkey-glide, or anything with `get`, `set`, `del`, `scan` and `eval` that takes Redis' own arguments. */
// eslint-disable-next-line typescript/no-explicit-any
export type RedisClient = any;

export interface RedisStoreOptions {
  /** Milliseconds after which a command counts as failed: a cache that is slower than the source is none. Default 250. */
  readonly timeout?: number;
}

/** Keys that one SCAN looks at: with more it ends sooner, and holds up other clients longer. */
const scanCount = "500";

// eslint-disable-next-line typescript/no-explicit-any
type Send = (name: string, ...args: string[]) => Promise<any>;

/** Of what the cache writes the first 16 characters are an id; of nothing they are "". */
const compareAndSet = "if redis.call('GETRANGE',KEYS[1],0,15)==ARGV[3] then redis.call('SET',KEYS[1],ARGV[1],'PX',ARGV[2]) end";

/**
 * @example
 * import { Redis } from "ioredis";
 * const cache = createCache({ ttl: 60_000, store: redisStore(new Redis()) });
 */
export function redisStore(client: RedisClient, { timeout = 250 }: RedisStoreOptions = {}): Store {
  const send = limited(sender(client), timeout);
  // ioredis puts it before keys, but neither before what SCAN matches nor away from what SCAN finds.
  const prefix: string = client.options?.keyPrefix ?? "";
  return {
    async get(key) {
      const value = await send("GET", key);
      return (value ?? undefined) && String(value);
    },
    async set(key, value, ttl, seen) {
      const px = String(Math.ceil(ttl));
      await (seen === undefined ? send("SET", key, value, "PX", px) : send("EVAL", compareAndSet, "1", key, value, px, seen));
    },
    async deletePattern(pattern) {
      let cursor = "0";
      do {
        const answer = await send("SCAN", cursor, "MATCH", globLiteral(prefix) + pattern, "COUNT", scanCount);
        const [next, keys] = Array.isArray(answer) ? answer : [answer.cursor, answer.keys];
        cursor = String(next);
        // UNLINK frees the memory of large values in a thread of its own.
        if (keys.length > 0) await send("UNLINK", ...keys.map((key: unknown) => String(key).slice(prefix.length)));
      } while (cursor !== "0");
    },
  };
}

/** Sends a command in the client's own way. */
function sender(client: RedisClient): Send {
  if (typeof client.call === "function") return (...command) => client.call(...command);
  const way = ["customCommand", "sendCommand"].find((name) => typeof client[name] === "function");
  if (way !== undefined) return (...command) => client[way](command);
  return (name, ...args) => client[name === "UNLINK" ? "del" : name.toLowerCase()](...args);
}

function limited(send: Send, timeout: number): Send {
  return async (...command) => {
    const { promise, reject } = deferred<never>();
    // A turn of the loop later: an answer that came while the process was busy lies in the socket, and counts.
    const late = () => setImmediate(() => reject(new Error(`Redis gave no answer within ${timeout} ms`)));
    const timer = after(timeout, late);
    try {
      return await Promise.race([send(...command), promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}
