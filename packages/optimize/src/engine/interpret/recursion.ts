/** A function that calls itself with what it just read asks once for each node of a tree. */
import { toldOf } from "./summary.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Loop } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import type { Unit } from "./unit.ts";
import { functionInfo, placeOf } from "./unit.ts";
import type { Value } from "./value.ts";
import { arrayIn } from "./value.ts";

export function recordRecursion(act: Activation, unit: Unit, fn: FunctionFacts, args: readonly Value[], node: Expression): void {
  // A retry in a handler asks for the same thing again.
  if (act.handlers > 0) return;
  const derived = args.filter((arg) => arg.deps.some((token) => act.io?.has(token) === true));
  if (derived.length === 0) return;
  // Once more with the one row that was read is a retry or a walk along a chain; a tree asks for each of many.
  const spreads = node.kind === "call" && node.args.some((argument) => argument.spread);
  // A loop around the first call is no loop of the function.
  const own = act.frames.findLastIndex((frame) => frame.fn === fn.id && frame.unit === unit);
  const looped = act.loops.some((loop) => loop.depth > own && derived.some((arg) => arg.deps.includes(loop.element)));
  if (!spreads && !looped && !derived.some((arg) => arrayIn(arg) !== undefined)) return;
  act.summary.recursive = true;
  const place = act.place(node);
  const info = functionInfo(unit, fn.id);
  const loop: Loop = {
    id: `${place.file}:${place.at}:recursion`,
    place,
    form: "recursion",
    method: undefined,
    size: { symbol: `calls of ${fn.name}@${unit.index}:${fn.at}` },
    name: `calls of \`${fn.name === "" ? "the function" : fn.name}\``,
    rows: undefined,
    mode: "sequential",
    once: false,
    exitsOnResult: false,
    paced: false,
    yields: false,
    chunks: false,
    piece: false,
    settled: undefined,
    sent: false,
    carries: false,
  };
  for (const effect of act.effects.values()) {
    const { operation } = effect;
    if (operation.place.function.id !== info.id || operation.kind !== "db-read") continue;
    toldOf(act.summary).looped.push({
      operation,
      loop,
      outer: [],
      relation: "element",
      carried: false,
      site: operation.place,
      path: [],
      function: info,
      conditional: false,
      partly: false,
      guessed: false,
      perLiteral: false,
      isolated: false,
      memoized: effect.memoized,
      valuesVary: false,
      otherTable: false,
      feedsWrite: false,
      inTransaction: false,
      floating: false,
      limited: false,
      ownTransaction: false,
      callerMax: undefined,
      loopSymbol: undefined,
    });
  }
  void placeOf;
}
