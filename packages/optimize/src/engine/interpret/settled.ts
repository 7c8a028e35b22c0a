/** Lists that whoever wrote or installed the program has settled: what the settings name, files that come with it, and what packages export. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { basesOf, evaluateAt } from "./classes.ts";
import { firstLocalToken, thisToken } from "./deps.ts";
import { evaluate } from "./expressions.ts";
import { sizeOf } from "./literals.ts";
import type { ClassRef, Origin, Size, Value } from "./value.ts";
import { arrayIn, unknown } from "./value.ts";

const exported = "@package:0";

/** Every round of the loops around says what is wrong. */
export function noteRejected({ loops, conditions, skips }: Activation): void {
  for (const loop of loops) if (conditions.length === loop.conditions && skips === loop.skips) loop.facts.settled ??= "rejected";
}

/** How many members an object has: of what a package exports as many as its authors gave it. */
export function membersOf(value: Value | undefined): Size {
  const [first, ...others] = value?.what ?? [];
  if (first?.kind === "package" && first.path !== "" && others.length === 0) return { symbol: `${first.path}${exported}` };
  return sizeOf(value ?? unknown);
}

export function settledIn(
  act: Activation,
  list: Value | undefined,
  source: Expression | undefined,
): "settings" | "file" | "package" | undefined {
  if (list === undefined) return undefined;
  if (arrayIn(list)?.size.symbol?.endsWith(exported) === true) return "package";
  if (isSetting(act, list, source) || isRead(list) || isField(act, source)) return "settings";
  return isShipped(act, list) ? "file" : undefined;
}

/** `settings.servers`: reached by names alone from what another module gives, and nothing of a call is in it. */
function isSetting(act: Activation, list: Value, source: Expression | undefined): boolean {
  if (list.what.length > 0 || list.deps.length > 0 || source?.kind !== "member") return false;
  let e: Expression = source;
  while (e.kind === "member" && e.name !== "") e = e.object;
  if (e.kind !== "name" || e.binding < 0 || act.unit.facts.bindings[e.binding]?.kind !== "import") return false;
  // What a framework hands out under a name is the request, a session, a cache.
  return evaluate(act, e).what.every((origin) => (origin.kind === "export" || origin.kind === "library" ? settles(origin) : true));
}

/** `settings.servers` of a class of the project that is filled from the environment. */
function isField(act: Activation, source: Expression | undefined): boolean {
  if (source?.kind !== "member" || source.name === "") return false;
  const { what } = evaluate(act, source.object);
  return what.length > 0 && what.every((origin) => origin.kind === "instance" && isSettings(act, origin.ref));
}

/** Among its bases is one that the library fills. */
function isSettings({ world }: Activation, ref: ClassRef): boolean {
  return basesOf(world, ref).project.some((one) =>
    one.facts.bases.some((base) =>
      evaluateAt(world, one, base).what.some(
        (origin) => origin.kind === "export" && origin.library.types[origin.spec.class ?? ""]?.settles === "settings",
      ),
    ),
  );
}

function settles(origin: Extract<Origin, { kind: "export" | "library" }>): boolean {
  const type = origin.kind === "library" ? origin.type : origin.spec.value;
  return type !== undefined && origin.library.types[type]?.settles === "settings";
}

/** `app.config["SERVERS"]`, also where an instance keeps it. */
function isRead({ what, deps }: Value): boolean {
  if (what.length === 0) return false;
  for (const origin of what) if (origin.kind !== "library" || !settles(origin)) return false;
  return deps.every((token) => token === thisToken || token >= firstLocalToken);
}

/** What a file holds whose path nobody gave: neither a caller nor an element of a list decides it. */
function isShipped(act: Activation, { what, deps }: Value): boolean {
  if (what.length === 0) return false;
  for (const origin of what) if (origin.kind !== "library" || origin.library.types[origin.type]?.contents !== true) return false;
  return deps.every((token) => token >= firstLocalToken && !act.loops.some((loop) => loop.element === token || loop.carried === token));
}
