/** Expressions that are put together when they are used: whether what matches begins with something that is known. */
import type { Expression } from "../../model/facts-expressions.ts";
import { union } from "./deps.ts";
import type { Value } from "./value.ts";
import { scalar, unknownFrom } from "./value.ts";

/** `new RegExp("^" + prefix)`; what cannot be seen to begin, or not to begin, with `^` is unknown. */
export function regularExpression(args: readonly Value[], e: Expression): Value {
  const deps = args.map((arg) => arg.deps).reduce((a, b) => union(a, b), []);
  if (e.kind !== "call") return unknownFrom(deps);
  const [pattern, flags] = e.args.map(({ value }) => value);
  const begins = pattern === undefined ? undefined : beginningOf(pattern);
  const ignoresCase = flags !== undefined && !(flags.kind === "literal" && typeof flags.value === "string" && !flags.value.includes("i"));
  if (ignoresCase) return flags.kind === "literal" ? scalar("regexp", deps) : unknownFrom(deps);
  if (begins === undefined) return unknownFrom(deps);
  return scalar(begins.startsWith("^") ? "regexp of a beginning" : "regexp", deps);
}

/** The text with which it begins, when that is written there. */
function beginningOf(e: Expression): string | undefined {
  if (e.kind === "literal") return typeof e.value === "string" ? e.value : undefined;
  if (e.kind === "template") return e.strings[0] === "" ? undefined : e.strings[0];
  return e.kind === "binary" && e.operator === "+" ? beginningOf(e.left) : undefined;
}
