/** Builders that are handed to what runs them (`session.execute(select(User))`), and what arguments say of a builder. */
import type { EffectSpec, Where } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { union } from "./deps.ts";
import { depsOfFilters } from "./draft-arguments.ts";
import type { Asked, Draft, LibraryOrigin } from "./drafts.ts";
import { at, firstDraft, isSerial, said } from "./drafts.ts";
import { callValue, capturedBy } from "./call-targets.ts";
import { readNamed } from "./members.ts";
import { namedOf, withNamed } from "./python.ts";
import { siteOf } from "./timeouts.ts";
import type { Value } from "./value.ts";
import { unknown, unknownFrom, valueOf } from "./value.ts";

/** The builder at that place and what it says, after what the call that runs it says of it. */
export function givenBuilder(
  act: Activation,
  where: Where,
  sets: Partial<EffectSpec> | undefined,
  asked: Asked,
): { readonly draft: Draft; readonly origin: LibraryOrigin } | undefined {
  for (const origin of at(asked, where)?.what ?? []) {
    if (origin.kind !== "library") continue;
    const lazy = origin.library.types[origin.type]?.lazy;
    if (lazy === undefined) continue;
    const base =
      origin.draft ?? firstDraft(act, origin.library, lazy, origin.type, origin.table, { ...asked, args: [], member: origin.type });
    const draft = { ...base, ...connectionOf(asked.receiver), deps: union(base.deps, asked.deps) };
    // The statement itself is no condition of it.
    const given = union(base.given, depsOfFilters(asked.args.filter((_, i) => i !== where.arg)));
    return { draft: sets === undefined ? draft : { ...said(act, draft, sets, asked), given }, origin };
  }
  return undefined;
}

/** The statement runs on the connection of what it is given to. */
function connectionOf(receiver: LibraryOrigin | undefined): Partial<Draft> | undefined {
  return receiver !== undefined && isSerial(receiver) ? { serialised: true, client: siteOf(receiver.site) } : undefined;
}

/** What the types of the arguments say. A number of rows is asked for only when nothing else is. */
export function heard(act: Activation, draft: Draft, asked: Asked): Draft {
  let out = draft;
  for (const arg of asked.args) {
    const says = saidBy(arg);
    if (says === undefined) continue;
    const { count, ...others } = says;
    out = said(act, out, count === true && asked.args.length > 1 ? others : says, { ...asked, args: [] });
  }
  return out;
}

function saidBy(value: Value): Partial<EffectSpec> | undefined {
  for (const origin of value.what) {
    const says = origin.kind === "library" ? origin.library.types[origin.type]?.says : undefined;
    if (says !== undefined) return says;
  }
  return undefined;
}

/** `get_object_or_404(Book, pk=1)`: the class's manager, or the query, is asked by the method. */
export function askedBy(act: Activation, spec: NonNullable<MethodSpec["asks"]>, asked: Asked): Value {
  const given = at(asked, spec.of) ?? unknown;
  const [manager = "objects"] = modelsNames(given);
  const query: Value = {
    what: given.what.flatMap((origin) => (origin.kind === "library" ? [origin] : readNamed(act, valueOf(origin), manager, asked.e).what)),
    deps: given.deps,
  };
  const method = readNamed(act, query, spec.by, asked.e);
  if (method.what.length === 0) return unknownFrom(asked.deps);
  const named = namedOf(asked.args);
  const filters = asked.args.slice(1);
  return callValue(act, method, named === undefined ? filters : withNamed(filters, named), asked.e, { ...query, deps: asked.deps });
}

/** The name of the manager that a class always has. */
function modelsNames(value: Value): readonly string[] {
  return value.what.some((origin) => origin.kind === "class" || origin.kind === "export") ? ["_default_manager"] : [];
}

/** `where((row) => row("id", "=", id))`: what is asked depends on what the function that says it reads from around it. */
export function withCaptured(act: Activation, asked: Asked): Asked {
  let { deps } = asked;
  for (const { what } of asked.args)
    for (const origin of what)
      if (origin.kind === "closure" && origin.unit === act.unit) {
        const fn = act.unit.facts.functions[origin.fn];
        if (fn !== undefined && fn.at >= asked.e.at && fn.end <= asked.e.end) deps = union(deps, capturedBy(act, origin.fn));
      }
  return deps === asked.deps ? asked : { ...asked, deps };
}
