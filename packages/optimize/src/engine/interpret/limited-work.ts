/** Work that was started for each element of a list, and that somebody lets go on only a few at a time. */
import type { Activation } from "./activation.ts";
import { firstLocalToken, only, union } from "./deps.ts";
import type { LoopFrame } from "./frames.ts";
import type { Origin, Value } from "./value.ts";

const rounds = new WeakMap<Origin, LoopFrame["facts"]>();

/** The loop makes these promises: `[load(url) for url in urls]`. */
export function noteRounds(value: Value, frame: LoopFrame): void {
  for (const origin of value.what) if (origin.kind === "promise" || origin.kind === "library") rounds.set(origin, frame.facts);
}

/** The promise, or each of the list, is waited for while a semaphore is held: a coroutine does nothing before. */
export function noteLimited(act: Activation, value: Value, lists = false): void {
  for (const token of value.deps) if (token > 0 && token < firstLocalToken) act.summary.limits = union(act.summary.limits, only(token));
  for (const origin of value.what) {
    const made = rounds.get(origin);
    if (made !== undefined) made.mode = "limited";
    if (lists && origin.kind === "array") for (const one of [...(origin.elements ?? []), origin.element]) noteLimited(act, one);
  }
}
