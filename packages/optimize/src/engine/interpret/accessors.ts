/** Accessors: members that look like fields and run a function. */
import type { Activation } from "./activation.ts";
import type { FoundMember } from "./classes.ts";
import { evaluateAt } from "./classes.ts";
import type { Draft, LibraryOrigin } from "./drafts.ts";
import type { Closure } from "./functions.ts";
import { callClosure } from "./functions.ts";
import type { Spot } from "./members.ts";
import { nodeAt } from "./relation-step.ts";
import { beforeLoops } from "./row-uses.ts";
import type { Origin, Value } from "./value.ts";

/** Runs an accessor for `object`. What a cached property computed is there from then on. */
export function readAccessor(act: Activation, found: FoundMember, closure: Closure, object: Value, spot: Spot): Value {
  const python = found.ref.unit.facts.language === "python";
  const cached = python && isCached(found);
  const key = cached && object.key !== undefined ? `${object.key}.${found.member.name}` : undefined;
  const known = key === undefined ? undefined : act.computed?.get(key);
  if (known !== undefined) return known;
  const { through, absent } = act;
  if (python) act.through ??= "property";
  if (cached) act.once++;
  // What was put under its name is read instead.
  if (key !== undefined) act.absent = [...absent, key];
  const run = (): Value => callClosure(act, closure, [], nodeAt(spot));
  const read = key === undefined ? run() : beforeLoops(act, object.deps, undefined, run);
  const value = cached ? keptQueries(read, object) : read;
  if (cached) act.once--;
  act.through = through;
  act.absent = absent;
  if (key !== undefined) (act.computed ??= new Map()).set(key, value);
  return value;
}

/** The object keeps the query, and the query its rows: whatever was read to put it together, it is the object's one query. */
function keptQueries(value: Value, { deps }: Value): Value {
  if (!value.what.some(isPutTogether)) return value;
  const what = value.what.map((origin) => (isPutTogether(origin) ? { ...origin, draft: { ...origin.draft, deps, kept: true } } : origin));
  return { ...value, deps, what };
}

function isPutTogether(origin: Origin): origin is LibraryOrigin & { readonly draft: Draft } {
  return origin.kind === "library" && origin.state !== undefined && origin.draft !== undefined;
}

/** `full_url = property(get_full_url)`: the function that reading the member runs. */
export function accessorOf(act: Activation, { ref, member }: FoundMember): number | undefined {
  const call = member.value;
  if (call?.kind !== "call" || call.callee.kind !== "name" || !/^(cached_)?property$/.test(call.callee.name)) return undefined;
  const [first] = call.args;
  const value = first === undefined ? undefined : evaluateAt(act.world, ref, first.value);
  for (const one of value?.what ?? []) if (one.kind === "closure" && one.unit === ref.unit) return one.fn;
  return undefined;
}

function isCached({ ref, member }: FoundMember): boolean {
  if (member.value?.kind === "call" && member.value.callee.kind === "name") return member.value.callee.name === "cached_property";
  const decorators = member.function === undefined ? [] : (ref.unit.facts.functions[member.function]?.decorators ?? []);
  return [...decorators, ...member.decorators].some(
    (one) => (one.kind === "name" || one.kind === "member") && one.name === "cached_property",
  );
}
