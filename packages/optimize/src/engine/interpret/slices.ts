/** Lists that are parts of another list, or several of them joined. */
import { union } from "./deps.ts";
import { join, joinAll } from "./joins.ts";
import { smallest } from "./loops.ts";
import { everyOf } from "./python.ts";
import type { Origin, Size, Value } from "./value.ts";
import { arrayIn, arrayOf, constantOf, constantValue, scalar, unknown, valueOf } from "./value.ts";

export function scalarMethod(receiver: Value, name: string, args: readonly Value[]): Value | undefined {
  if (!receiver.what.some((origin) => origin.kind === "scalar" || origin.kind === "const")) return undefined;
  let deps = receiver.deps;
  for (const arg of everyOf(args)) deps = union(deps, arg.deps);
  if (name === "split" && args[0] !== undefined) {
    const parts = splitTexts(receiver, constantOf(args[0])?.value);
    if (parts !== undefined) return { ...parts, deps };
  }
  if (name === "split" || name === "match" || name === "matchAll") {
    const by = args[0] === undefined ? undefined : constantOf(args[0])?.value;
    const key = receiver.key === undefined || typeof by !== "string" ? undefined : `${receiver.key}.${name}(${JSON.stringify(by)})`;
    return { ...arrayOf(scalar("string", deps), {}, deps), key };
  }
  return scalar("string", deps);
}

/** Each of a few known texts, taken apart. */
function splitTexts(receiver: Value, by: unknown): Value | undefined {
  // What is no text is not taken apart: `name` of a class or the class itself.
  const texts = receiver.what.flatMap((origin) =>
    origin.kind === "const" ? [origin.value] : origin.kind === "class" || origin.kind === "instance" ? [] : [undefined],
  );
  if (typeof by !== "string" || by === "" || texts.length === 0 || texts.length > 12 || texts.some((text) => typeof text !== "string"))
    return undefined;
  const parts = texts.map((text) => String(text).split(by));
  const [only, ...others] = parts;
  const elements = (others.length === 0 ? (only ?? []) : [...new Set(parts.flat())]).map((part) => constantValue(part));
  const element = joinAll(elements);
  const most = Math.max(...parts.map((part) => part.length));
  return others.length === 0
    ? valueOf({ kind: "array", element, elements, size: { exact: most, max: most } })
    : arrayOf(element, { exact: most, max: most });
}

/** `slice(0, 10)` bounds; `slice(i, i + n)` is a chunk of unknown but chosen size. */
export function sliced(list: Extract<Origin, { kind: "array" }>, receiver: Value, args: readonly Value[], name: string): Value {
  const to = constantOf(args[1] ?? unknown)?.value;
  const max = name === "splice" ? (typeof to === "number" ? to : undefined) : sliceLength(args);
  const size: Size = max === undefined ? list.size : smallest({ symbol: list.size.symbol }, max);
  return {
    what: [{ kind: "array", element: list.element, size, rows: list.rows, picked: true, chunk: isChunk(name, args) }],
    deps: receiver.deps,
  };
}

/** `slice(i, i + n)` and `splice(0, n)` take the next piece; `slice(1)` and `slice(0, 10)` take one part for good. */
export function isChunk(name: string, args: readonly Value[]): boolean {
  if (args.length < 2) return false;
  return name === "splice" || typeof constantOf(args[0] ?? unknown)?.value !== "number";
}

/** How many elements `slice` with these constants gives at most. */
export function sliceLength(args: readonly Value[]): number | undefined {
  const from = constantOf(args[0] ?? unknown)?.value;
  const to = constantOf(args[1] ?? unknown)?.value;
  if (typeof from !== "number") return undefined;
  if (typeof to === "number" && from >= 0 && to >= from) return to - from;
  return from < 0 && args[1] === undefined ? -from : undefined;
}

export function joinLists(receiver: Value, args: readonly Value[]): Value {
  let out = receiver;
  for (const arg of args) {
    const other = arrayIn(arg);
    if (other === undefined) {
      const list = arrayIn(out);
      out = list === undefined ? out : arrayOf(join(list.element, arg), { symbol: list.size.symbol }, union(out.deps, arg.deps));
    } else out = join(out, arg);
  }
  return out;
}
