/** What something of unknown origin is, as far as what it is called with says it: `x.execute(select(User))`, `x.fetch("SELECT …")`. */
import type { Where } from "../../model/effect.ts";
import type { CallExpression } from "../../model/facts-expressions.ts";
import type { Library } from "../../model/library.ts";
import type { ReceiverSpec } from "../../model/receiver.ts";
import { givenClient } from "../../model/receiver.ts";
import type { Activation } from "./activation.ts";
import { basesOf } from "./classes.ts";
import { namedOf } from "./python.ts";
import { sqlText } from "./texts.ts";
import type { Origin, Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { World } from "./world.ts";

interface Known {
  readonly library: Library;
  readonly spec: ReceiverSpec;
}

const byCall = new WeakMap<World, ReadonlyMap<string, readonly Known[]>>();

function receiversOf(world: World): ReadonlyMap<string, readonly Known[]> {
  const known = byCall.get(world);
  if (known !== undefined) return known;
  const out = new Map<string, Known[]>();
  for (const library of new Set(world.libraries.values()))
    for (const spec of library.receivers ?? []) for (const call of spec.calls) out.set(call, [...(out.get(call) ?? []), { library, spec }]);
  byCall.set(world, out);
  return out;
}

/** The session, connection or cursor that the receiver must be; undefined when the call does not say it. */
export function receiverByArgument(
  act: Activation,
  name: string,
  args: readonly Value[],
  receiver: Value,
  e: CallExpression,
): Value | undefined {
  if (receiver.what.length > 0) return undefined;
  const known = receiversOf(act.world).get(name);
  if (known === undefined) return undefined;
  const named = namedOf(args);
  const first = args[0] ?? named?.get("statement") ?? named?.get("query") ?? named?.get("sql");
  if (first === undefined) return undefined;
  for (const { library, spec } of known) {
    if (args.length < (spec.least ?? 0)) continue;
    const given = spec.given === "sql" ? isStatement(act, args, e) : first.what.some((origin) => isGiven(act.world, library, spec, origin));
    if (!given) continue;
    const waits = act.unit.facts.functions[act.fn]?.async === true;
    const type = waits ? spec.waits : spec.type;
    return valueOf({ kind: "library", library, type, table: undefined, site: `${givenClient}${library.id}` }, receiver.deps);
  }
  return undefined;
}

const sqlPlace: Where = { arg: 0, keyword: "query", or: { arg: 99, keyword: "sql", or: { arg: 99, keyword: "statement" } } };

/** A statement on rows; what makes or sets up tables is none. */
const statement = /^[\s(]*(select|insert|update|delete|with|replace|merge)\s/i;

function isStatement(act: Activation, args: readonly Value[], e: CallExpression): boolean {
  const text = sqlText(act, args, sqlPlace, e);
  return text !== undefined && statement.test(text) && act.world.sql(text) !== undefined;
}

function isGiven(world: World, library: Library, { given }: ReceiverSpec, origin: Origin): boolean {
  if (origin.kind === "library" && origin.library === library) {
    const type = library.types[origin.type];
    return given === "statement" ? type?.lazy !== undefined : type?.says !== undefined;
  }
  return given === "model" && origin.kind === "class" && isModelOf(world, library, origin);
}

function isModelOf(world: World, library: Library, { ref }: Extract<Origin, { kind: "class" }>): boolean {
  const base = basesOf(world, ref).library;
  return base?.library === library && base.instance === library.models?.row;
}
