/** The same read twice on one path, with nothing written to its table between. */
import type { Expression } from "../../model/facts.ts";
import type { Activation } from "./activation.ts";
import { pathOf } from "./emit.ts";
import type { SummaryEffect } from "./summary.ts";
import type { Value } from "./value.ts";
import { constantOf } from "./value.ts";

/** A key that is equal only for calls that ask the same; undefined when one argument cannot be told. */
export function askedKey(what: string, args: readonly Value[]): string | undefined {
  let key = `${what}(`;
  for (const arg of args) {
    if (arg.what.length === 1 && (arg.what[0]?.kind === "instance" || arg.what[0]?.kind === "class") && arg.key === undefined && arg.deps.length === 0) continue;
    const constant = constantOf(arg);
    const part = arg.key ?? (constant === undefined ? undefined : JSON.stringify(constant.value ?? null));
    if (part === undefined || part === "") return undefined;
    key += `${part},`;
  }
  return key.length > 400 ? undefined : key;
}

export function noteRead(act: Activation, key: string | undefined, effect: SummaryEffect, node: Expression): void {
  if (key === undefined || act.memo + act.kept > 0 || act.handlers > 0) return;
  const place = act.place(node);
  const before = act.reads.find((read) => read.key === key);
  if (before === undefined) {
    act.reads.push({ key, effect, place, conditions: act.conditions, loops: act.loops.length });
    return;
  }
  if (before.place.at === place.at || before.loops !== act.loops.length || before.effect.memoized || effect.memoized) return;
  act.summary.repeats.push({
    operation: effect.operation, first: before.place, second: place, firstPath: pathOf(before.effect), secondPath: pathOf(effect),
    function: place.function, conditional: act.conditions.length > before.conditions.length,
  });
}

/** A write makes reads of its table worth doing again. */
export function noteWrite(act: Activation, table: string | undefined): void {
  if (act.reads.length === 0) return;
  act.reads = act.reads.filter((read) => table !== undefined && read.effect.operation.table !== undefined && read.effect.operation.table !== table);
}
