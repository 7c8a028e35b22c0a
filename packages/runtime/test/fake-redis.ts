/** A client with `get`, `set`, `del`, `scan` and `eval` over a Map, which answers when it likes and fails when it is told to. */
import { globPattern } from "../src/glob.ts";
import type { Random } from "./seeded.ts";

export function createFakeRedis(random?: Random) {
  const data = new Map<string, string>();
  const commands: string[] = [];
  const state = { down: false, failures: 0 };

  async function answered<T>(name: string, run: () => T): Promise<T> {
    commands.push(name);
    await random?.pause();
    const fails = state.down || random?.chance(state.failures) === true;
    // A lost answer: it was done, or it was not.
    const done = !fails || (!state.down && random?.chance(0.5) === true) ? run() : undefined;
    await random?.pause();
    if (fails) throw new Error("Connection is closed.");
    return done as T;
  }

  return {
    data,
    commands,
    state,
    get: (key: string) => answered("get", () => data.get(key) ?? null),
    set: (key: string, value: string) => answered("set", () => (data.set(key, value), "OK")),
    del: (...keys: string[]) => answered("del", () => keys.filter((key) => data.delete(key)).length),
    scan(cursor: string, _match: string, pattern: string, _count: string, count: string) {
      return answered("scan", () => {
        const keys = [...data.keys()];
        const [from, size] = [Number(cursor), Number(count)];
        const matching = keys.slice(from, from + size).filter((key) => globPattern(pattern).test(key));
        // Deleting what was found shifts what follows: as Redis does, some keys are found twice, and none that was there all along is missed.
        const next = from + size - matching.length;
        return [from + size >= keys.length ? "0" : String(next), matching];
      });
    },
    eval: (_script: string, _keys: string, key: string, value: string, _ttl: string, seen: string) =>
      answered("eval", () => {
        if ((data.get(key) ?? "").slice(0, 16) !== seen) return null;
        data.set(key, value);
        return "OK";
      }),
  };
}
