/** Values that are put under a key: without a word on how long they stay (`client.set(key, value)` and nothing more), or for a time. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Fill } from "../../model/fills.ts";
import { calledName, callsNamed } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Spot } from "./text.ts";

const setting: ReadonlySet<string> = new Set(["set", "SET"]);
const settingForATime: ReadonlySet<string> = new Set(["setex", "setEx", "SETEX", "psetex", "pSetEx", "PSETEX"]);
const expiring: ReadonlySet<string> = new Set(["expire", "pexpire", "expireat", "pexpireat", "expireAt", "pExpire", "EXPIRE"]);

export function readLasting(r: Reading): void {
  for (const { e, spot } of callsNamed(r, setting)) {
    const plain = e.args.length === 2 && e.args.every((one) => !one.spread && one.name === undefined);
    if (e.callee.kind !== "member" || spot.fn === 0) continue;
    // The time is set by a command of its own.
    const expires = r.t.calls.some((one) => one.spot.fn === spot.fn && expiring.has(calledName(one.e)));
    if (plain && !expires) r.found.lasting.push(placeIn(r, e, spot));
    else add(r, e, spot);
  }
  for (const { e, spot } of callsNamed(r, settingForATime)) if (e.callee.kind === "member" && spot.fn !== 0) add(r, e, spot);
}

function add(r: Reading, e: CallExpression, spot: Spot): void {
  const key = e.args[0]?.value;
  if (key !== undefined) r.found.fills.push({ ...placeIn(r, e, spot), key: kindOfKey(r, key, spot) });
}

function kindOfKey(r: Reading, key: Expression, { fn }: Spot): Fill["key"] {
  if (key.kind === "literal" || (key.kind === "template" && key.values.length === 0)) return "fixed";
  if (key.kind === "member" && key.computed === undefined) return kindOfKey(r, key.object, { fn, loops: [], statement: undefined });
  if (key.kind !== "name" || key.binding < 0) return "made";
  const declared = r.t.facts.bindings[key.binding];
  // What a package gives may be the request itself.
  if (declared?.from !== undefined && !declared.from.specifier.startsWith(".")) return "made";
  if (declared?.owner === 0) return "fixed";
  if (declared?.kind === "parameter") return "given";
  const [only, ...others] = r.t.bindings.get(key.binding)?.writes ?? [];
  return only?.value !== undefined && others.length === 0 && only.value.kind !== "name"
    ? kindOfKey(r, only.value, { fn, loops: [], statement: undefined })
    : "made";
}
