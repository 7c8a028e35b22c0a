/** Values that are put under a key without a word on how long they stay: `client.set(key, value)` and nothing more. */
import { calledName, callsNamed } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

const setting: ReadonlySet<string> = new Set(["set", "SET"]);
const expiring: ReadonlySet<string> = new Set(["expire", "pexpire", "expireat", "pexpireat", "expireAt", "pExpire", "EXPIRE"]);

export function readLasting(r: Reading): void {
  for (const { e, spot } of callsNamed(r, setting)) {
    const plain = e.args.length === 2 && e.args.every((one) => !one.spread && one.name === undefined);
    if (!plain || e.callee.kind !== "member" || spot.fn === 0) continue;
    // The time is set by a command of its own.
    if (r.t.calls.some((one) => one.spot.fn === spot.fn && expiring.has(calledName(one.e)))) continue;
    r.found.lasting.push(placeIn(r, e, spot));
  }
}
