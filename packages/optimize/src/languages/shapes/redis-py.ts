/** Clients of redis-py with their pipelines; the ones that are waited for have the same commands. */
import type { MethodSpec, TypeSpec } from "../../model/library.ts";
import { names } from "./places.ts";
import { redisCommands } from "./redis-commands.ts";

function commands(waits: boolean): Record<string, MethodSpec> {
  const found: Record<string, MethodSpec> = {};
  for (const [name, spec] of Object.entries(redisCommands(false))) {
    if (name !== name.toLowerCase() || spec.effect === undefined) continue;
    found[name] = { effect: { ...spec.effect, blocking: !waits }, returns: "value", promise: waits };
  }
  // DEL is a word of the language.
  if (found["del"] !== undefined) found["delete"] = found["del"];
  for (const name of ["scan_iter", "hscan_iter", "sscan_iter", "zscan_iter"])
    found[name] = { effect: { kind: "cache-read", list: true, scan: name === "scan_iter", blocking: !waits }, returns: "value" };
  return found;
}

export function redisPyClient(prefix: string, waits: boolean): Record<string, TypeSpec> {
  const pipeline = `${prefix}Pipeline`;
  const lock = `${prefix}Lock`;
  return {
    [prefix]: {
      members: {
        ...commands(waits),
        pipeline: { returns: { type: pipeline } },
        lock: { returns: { type: lock } },
        ...names("close aclose", { returns: "void", promise: waits }),
      },
    },
    [`${prefix}Class`]: { members: { from_url: { returns: { type: prefix } } } },
    [lock]: {
      members: {
        ...names(`acquire ${waits ? "__aenter__" : "__enter__"}`, {
          effect: { kind: "lock", blocking: !waits },
          returns: "value",
          promise: waits,
        }),
        ...names("release locked owned extend reacquire", { returns: "value", promise: waits }),
      },
    },
    [pipeline]: {
      lazy: { kind: "cache-write", bulk: true, blocking: !waits },
      inert: true,
      collects: true,
      members: { ...commands(waits), execute: { runs: true, returns: "value", promise: waits } },
    },
  };
}
