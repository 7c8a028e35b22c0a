/** What a cache does with a store that may be slow, gone, or back: never more than the source once, and no invalidation lost. */
import { randomUUID } from "node:crypto";
import { decode, encode } from "./codec.ts";
import { globLiteral } from "./glob.ts";
import type { Entry } from "./cache.ts";
import type { Store } from "./redis-store.ts";

/** Failures after each other that close the way to the store, and for how many milliseconds. */
const [failuresAllowed, pause] = [3, 1000];
/** Invalidations that are owed to a store that is away; with more of them everything is forgotten. */
const owedAtMost = 1000;
/** A key that was deleted keeps a mark for so long: a load that began before is not written over it. */
const tombstoneTtl = 60_000;
/** A version of a tag that is lost only makes entries miss; it outlives them to keep that rare. */
const tagTtl = 7 * 86_400_000;
const idLength = 16;

const newId = (): string => randomUUID().slice(0, idLength);

type Kind = "key" | "tag" | "pattern";
/** What is under the key, and the id of what is there whatever it is. */
type Found = { entry?: Entry | undefined; seen?: string };
type OnError = (error: unknown, about: { operation: string; key: string }) => void;

export interface Tier {
  find(key: string): Promise<Found>;
  /** Present versions of tags; undefined when the store cannot say. */
  versions(tags: readonly string[]): Promise<Entry["tags"] | undefined>;
  write(key: string, entry: Entry, seen?: string): Promise<void>;
  /** False when it has to be done later. */
  drop(kind: Kind, names: readonly string[]): Promise<boolean>;
}

export function createTier(store: Store, prefix: string, now: () => number, onError: OnError): Tier {
  const keyOf = (key: string) => `${prefix}k:${key}`;
  const tagOf = (tag: string) => `${prefix}t:${tag}`;
  const owed = new Map<string, [Kind, string]>();
  let [failures, closedUntil, paying] = [0, 0, false];

  /** What the store gives, or undefined: it failed, it is away, or it does not know yet what was invalidated. */
  async function ask<T>(operation: string, key: string, run: () => Promise<T>): Promise<T | undefined> {
    if (owed.size > 0) return void pay();
    return now() < closedUntil ? undefined : attempt(operation, key, run);
  }

  async function attempt<T>(operation: string, key: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await run();
      failures = 0;
      return result;
    } catch (error) {
      failures += 1;
      if (failures >= failuresAllowed) closedUntil = now() + pause;
      onError(error, { operation, key });
      return undefined;
    }
  }

  const operations: Record<Kind, (name: string) => Promise<unknown>> = {
    key: (key) => store.set(keyOf(key), newId(), tombstoneTtl),
    tag: (tag) => store.set(tagOf(tag), newId(), tagTtl),
    pattern: (pattern) => store.deletePattern(globLiteral(`${prefix}k:`) + pattern),
  };

  /** False, and owed, when it could not be done. */
  async function invalidate(kind: Kind, name: string): Promise<boolean> {
    if (now() >= closedUntil && (await attempt("invalidate", name, () => operations[kind](name).then(() => true)))) return true;
    if (owed.size >= owedAtMost) {
      owed.clear();
      [kind, name] = ["pattern", "*"];
    }
    owed.set(kind + name, [kind, name]);
    return false;
  }

  /** Does what is owed. */
  async function pay(): Promise<void> {
    if (paying) return;
    paying = true;
    await Promise.all(
      [...owed].map(async ([debt, owing]) => {
        // It may be owed anew since.
        if ((await invalidate(...owing)) && owed.get(debt) === owing) owed.delete(debt);
      }),
    );
    paying = false;
  }

  async function read(key: string): Promise<Found> {
    const raw = await ask("get", key, async () => [await store.get(keyOf(key))] as const);
    // A store that failed is not written to either: the value would be set over what nobody saw.
    if (!raw) return {};
    const [text = ""] = raw;
    const seen = text.slice(0, idLength);
    if (text.length <= idLength) return { seen };
    const entry = (await attempt("decode", key, async () => decode(text.slice(idLength), seen))) as Entry | undefined;
    // Anything may stand under the key.
    if (!Array.isArray(entry?.tags) || !(now() < entry.dead)) return { seen };
    const current = await ask("get", key, () => Promise.all(entry.tags.map(([tag]) => store.get(tagOf(tag)))));
    const valid = current && entry.tags.every(([, version], index) => version === current[index]);
    return { seen, entry: valid ? entry : undefined };
  }

  return {
    find: read,
    versions: async (tags) =>
      tags.length === 0
        ? []
        : ask("get", tags.join(), () =>
            Promise.all(
              tags.map(async (tag): Promise<readonly [string, string]> => {
                const present = await store.get(tagOf(tag));
                if (present !== undefined) return [tag, present];
                // Of two that make the first version only one is kept; what was read is what counts.
                await store.set(tagOf(tag), newId(), tagTtl, "");
                return [tag, (await store.get(tagOf(tag))) ?? ""];
              }),
            ),
          ),
    async write(key, entry, seen) {
      const ttl = entry.dead - now();
      const id = newId();
      if (ttl > 0) await ask("set", key, async () => store.set(keyOf(key), id + encode(entry, id), ttl, seen));
    },
    drop: async (kind, names) => (await Promise.all(names.map((name) => invalidate(kind, name)))).every(Boolean),
  };
}
