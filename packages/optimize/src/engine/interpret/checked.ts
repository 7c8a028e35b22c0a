/**
 * Schemas that check what was sent (`z.object({ ids: z.array(z.string()).max(10) })`): what they let through has the lists that they
 * say, and those are no longer than they allow. A schema is kept as the shape of what it gives.
 */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Checks } from "../../model/checks.ts";
import type { Activation } from "./activation.ts";
import { callFunctions } from "./call-targets.ts";
import { at } from "./drafts.ts";
import type { Deps } from "./deps.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { smallest } from "./loops.ts";
import { made } from "./sent-texts.ts";
import type { Origin, Value } from "./value.ts";
import { arrayOf, awaited, constantOf, newHeap, promiseOf, scalar, unknown, unknownFrom, valueOf, withDeps } from "./value.ts";

type MethodOrigin = Extract<Origin, { kind: "library-method" }>;

/** What a call on a schema, or one that makes a schema, gives. */
export function checkedCall(
  act: Activation,
  method: MethodOrigin,
  checks: Checks,
  args: readonly Value[],
  e: Expression,
  deps: Deps,
): Value {
  const receiver = method.receiver?.kind === "library" ? method.receiver : undefined;
  const shape = receiver?.made?.[0] ?? unknown;
  switch (checks) {
    case "list":
      return schemaOf(method, arrayOf(args.length === 0 ? shape : shapeOf(args[0]), {}));
    case "fields":
      return schemaOf(method, fieldsOf(act, args[0]));
    case "most": {
      const most = constantOf(at({ args }, { arg: 0 }) ?? unknown)?.value;
      return schemaOf(method, typeof most === "number" ? bounded(shape, most) : shape);
    }
    case "changes":
      return schemaOf(method, awaited(callFunctions(act, args[0], [shape], e) ?? unknown));
    case "gives":
      return given(act, shape, args, deps, e);
    case "promises":
      return promiseOf(given(act, shape, args, deps, e));
    case "answers": {
      const object = newHeap(act.world, false);
      object.props.set("data", given(act, shape, args, deps, e));
      return valueOf({ kind: "object", object }, deps);
    }
    default:
      return schemaOf(method, numbers.has(method.name) ? scalar("number") : shape);
  }
}

const numbers: ReadonlySet<string> = new Set(["number", "int", "bigint"]);
/** A text that is refused when it is longer than the schema says. */
const shortText = "short text";

/** Nothing is said of what has no bound: it is what was sent. Where one of its texts has one, it is not said which. */
function given(act: Activation, shape: Value, args: readonly Value[], deps: Deps, e: Expression): Value {
  if (isBounded(shape, 0)) return withDeps(shape, deps);
  return holdsShortText(shape, 0) ? unknownFrom(deps) : made(act, unknownFrom(deps), "checked", args.slice(0, 1), e);
}

function holdsShortText({ what }: Value, depth: number): boolean {
  return what.some(
    (origin) =>
      (origin.kind === "scalar" && origin.type === shortText) ||
      (origin.kind === "array" && depth < 6 && holdsShortText(origin.element, depth + 1)) ||
      (origin.kind === "object" && depth < 6 && [...origin.object.props.values()].some((value) => holdsShortText(value, depth + 1))),
  );
}

function isBounded({ what }: Value, depth: number): boolean {
  return what.some(
    (origin) =>
      (origin.kind === "array" && (origin.size.max !== undefined || isBounded(origin.element, depth + 1))) ||
      (origin.kind === "object" && depth < 6 && [...origin.object.props.values()].some((value) => isBounded(value, depth + 1))),
  );
}

function schemaOf({ library }: MethodOrigin, shape: Value): Value {
  const origin: LibraryOrigin = { kind: "library", library, type: "Schema", table: undefined, site: "schema", made: [shape] };
  return valueOf(origin);
}

function shapeOf(schema: Value | undefined): Value {
  for (const origin of schema?.what ?? []) if (origin.kind === "library" && origin.type === "Schema") return origin.made?.[0] ?? unknown;
  return unknown;
}

function fieldsOf(act: Activation, fields: Value | undefined): Value {
  const [origin] = fields?.what ?? [];
  if (origin?.kind !== "object") return unknown;
  const object = newHeap(act.world, true);
  for (const [name, value] of origin.object.props) object.props.set(name, shapeOf(value));
  return valueOf({ kind: "object", object });
}

function bounded(shape: Value, most: number): Value {
  if (shape.what.length === 0) return scalar(shortText);
  const what = shape.what.map((origin) => (origin.kind === "array" ? { ...origin, size: smallest(origin.size, most) } : origin));
  return { what, deps: shape.deps, key: shape.key };
}
