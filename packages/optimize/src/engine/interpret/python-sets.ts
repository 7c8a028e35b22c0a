/** Python's lists of a known length that no literal says: enumerations, and what is left of a set when another one is taken from it. */
import { basesOf } from "./classes.ts";
import { union } from "./deps.ts";
import { joinLists } from "./slices.ts";
import type { ClassRef, Origin, Size, Value } from "./value.ts";
import { arrayIn, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

/** `for item in Area`, where Area is an enumeration of the project: as many as it declares. */
export function enumerated(world: World, value: Value): Value {
  if (!value.what.some((origin) => origin.kind === "class")) return value;
  return { ...value, what: value.what.map((origin) => (origin.kind === "class" ? (listOf(world, origin.ref) ?? origin) : origin)) };
}

function listOf(world: World, ref: ClassRef): Origin | undefined {
  const { library, project } = basesOf(world, ref);
  if (library?.library.types[library.instance]?.enumerates !== true) return undefined;
  const declared = project
    .flatMap(({ facts }) => facts.members)
    .filter((member) => member.kind === "field" && !member.name.startsWith("_"));
  const size = { exact: declared.length, max: declared.length };
  return { kind: "array", element: unknown, size };
}

const parts: ReadonlySet<string> = new Set(["-", "&", "difference", "intersection"]);
const wholes: ReadonlySet<string> = new Set(["|", "^", "union", "symmetric_difference"]);

/** `all - given`, `all.intersection(given)`: undefined when the left side is no set. */
export function setOperation(operation: string, left: Value, right: Value): Value | undefined {
  const set = arrayIn(left);
  if (set?.unique !== true || left.what.length !== 1) return undefined;
  if (wholes.has(operation)) return joinLists(left, [right]);
  if (!parts.has(operation)) return undefined;
  const both = operation === "-" || operation === "difference" ? [set] : [set, arrayIn(right)];
  const bounds = both.flatMap((one) => one?.size.exact ?? one?.size.max ?? []);
  const size: Size = { symbol: set.size.symbol, max: bounds.length === 0 ? undefined : Math.min(...bounds) };
  return valueOf({ ...set, elements: undefined, size, picked: true }, union(left.deps, right.deps));
}
