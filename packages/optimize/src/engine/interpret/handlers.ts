/** Running a registered function as the framework does: with the framework's objects and otherwise nothing known. */
import type { Library } from "../../model/library.ts";
import { noteMade } from "./alternatives.ts";
import type { Around } from "./root.ts";
import { interpret } from "./summaries.ts";
import type { Summary } from "./summary.ts";
import { createSummary } from "./summary.ts";
import type { Origin, Value } from "./value.ts";
import { unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

const keys = new WeakMap<object, number>();
let nextKey = 1;

/** One number for each environment, so that a closure keeps its summary. */
function keyOfEnvironment(env: object): number {
  let key = keys.get(env);
  if (key === undefined) {
    key = nextKey++;
    keys.set(env, key);
  }
  return key;
}

export function callHandler(
  world: World,
  value: Value,
  params: readonly (string | "value")[],
  library: Library | undefined,
  handler: boolean,
  around: Around = {},
): Summary[] {
  const out: Summary[] = [];
  for (const origin of value.what) {
    if (origin.kind === "closure") out.push(runHandler(world, origin, params, library, handler, around));
    else if (origin.kind === "bound") out.push(...callHandler(world, origin.inner, params, library, handler, around));
  }
  return out;
}

function runHandler(
  world: World,
  origin: Extract<Origin, { kind: "closure" }>,
  params: readonly string[],
  library: Library | undefined,
  handler: boolean,
  around: Around,
): Summary {
  const fn = origin.unit.facts.functions[origin.fn];
  const self = origin.self?.what[0];
  if (self?.kind === "instance") noteMade(world, self.ref);
  const who = self === undefined ? "" : self.kind === "instance" ? `${self.ref.unit.index}:${self.ref.facts.id}` : self.kind;
  const key = `${origin.unit.index}:${origin.fn}|handler|${origin.env === origin.unit.env ? "" : keyOfEnvironment(origin.env)}|${who}|${params.join()}|${keyOfAround(around)}`;
  const known = world.summaries.get(key);
  if (known !== undefined) return known;
  const summary = createSummary(key, origin.unit, origin.fn, unknown);
  summary.dirty = world.isLast;
  world.summaries.set(key, summary);
  if (fn === undefined) return summary;
  const args = fn.params.map((_, i): Value => {
    const own = around.given?.values[i];
    if (own !== undefined) return own;
    const type = params[i];
    if (type === undefined || type === "value" || library === undefined || library.types[type] === undefined) return unknown;
    return valueOf({ kind: "library", library, type, table: undefined, site: `handler:${origin.unit.index}:${fn.at}` });
  });
  interpret(world, summary, origin, fn, args, handler, around);
  return summary;
}

function keyOfAround({ dependencies = [], answer, given }: Around): string {
  const sites = dependencies.flatMap((value) => value.what.map((one) => (one.kind === "library" ? one.site : "")));
  return `${sites.join()}${answer?.type === undefined ? "" : `>${answer.unit.index}:${answer.type.at}`}${given === undefined ? "" : `|${given.key}`}`;
}
