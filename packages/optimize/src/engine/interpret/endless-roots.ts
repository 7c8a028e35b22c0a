/** Loops that never end: a worker that is started with the program and works off what it finds, round by round. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { classRefOf, instanceValue } from "./classes.ts";
import type { Flow } from "./flow.ts";
import { breaks, returns } from "./flow.ts";
import type { Root } from "./root.ts";
import { functionInfo } from "./unit.ts";
import type { World } from "./world.ts";
import { valueOf } from "./value.ts";

/** `while (true) { … }`, and nothing in it leaves; somebody has to start it. What Python's scripts do so was not read against their code yet. */
export function noteEndless(act: Activation, form: string, test: Expression | undefined, flow: Flow): void {
  const { world, unit, fn } = act;
  if (act.frames.length === 1 && act.summary.key.endsWith("|*")) return;
  const forever = test === undefined ? form === "count" : test.kind === "literal" && (test.value === true || test.value === 1);
  if (!forever || (flow & (breaks | returns)) !== 0 || fn === 0) return;
  const facts = unit.facts.functions[fn];
  // A file that gives nothing to others is a script, which somebody runs by hand and ends again.
  if (
    unit.facts.language !== "python" &&
    facts?.async === true &&
    !facts.generator &&
    facts.captures.length === 0 &&
    unit.facts.exports.length > 0
  )
    world.endless.set(functionInfo(unit, fn).id, { unit, fn });
}

export function endlessRoots(world: World, out: Root[]): void {
  for (const { unit, fn } of world.endless.values()) {
    const facts = unit.facts.functions[fn];
    const owner = facts?.class === undefined ? undefined : unit.facts.classes[facts.class];
    if (facts === undefined || (owner !== undefined && owner.parent !== 0)) continue;
    const home = owner === undefined ? undefined : classRefOf(world, unit, owner.id, unit.env);
    out.push({
      name: `worker ${functionInfo(unit, fn).symbol}`,
      kind: "worker",
      handlers: [valueOf({ kind: "closure", unit, fn, env: unit.env, self: home === undefined ? undefined : instanceValue(home), home })],
      middlewares: [],
      params: [],
      library: undefined,
      unit,
      node: facts,
      fn,
      perItem: false,
      background: true,
    });
  }
}
