/** What functions make that are registered as services: whoever looks one up by its name calls its methods, which no call in the code shows. */
import { callValue } from "./call-targets.ts";
import { basesOf } from "./classes.ts";
import { moduleActivation } from "./modules.ts";
import { rootOf } from "./root.ts";
import type { Root } from "./root.ts";
import { functionInfo } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import { unknown, valueOf } from "./value.ts";
import type { Registration, World } from "./world.ts";

/** Public methods of registered services that nothing else reaches. */
export function serviceRoots(world: World, reached: ReadonlySet<string>): Root[] {
  const out: Root[] = [];
  for (const one of world.registrations)
    if (one.spec.kind === "service")
      for (const factory of one.handlers)
        for (const origin of made(world, one, factory).what) if (origin.kind === "instance") methodsOf(world, one, origin, reached, out);
  return out;
}

function made(world: World, one: Registration, factory: Value): Value {
  return callValue(moduleActivation(world, one.unit), factory, [unknown, unknown], one.node);
}

function methodsOf(
  world: World,
  one: Registration,
  self: Extract<Origin, { kind: "instance" }>,
  reached: ReadonlySet<string>,
  out: Root[],
): void {
  const seen = new Set<string>();
  for (const ref of basesOf(world, self.ref).project)
    for (const member of ref.facts.members) {
      const fn = member.function;
      if (fn === undefined || member.static || member.kind !== "method" || member.name.startsWith("_") || seen.has(member.name)) continue;
      seen.add(member.name);
      if (reached.has(functionInfo(ref.unit, fn).id)) continue;
      const handler = valueOf({ kind: "closure", unit: ref.unit, fn, env: ref.env, self: valueOf(self), home: ref });
      const node = ref.unit.facts.functions[fn];
      if (node === undefined) continue;
      out.push({
        ...rootOf(one, `service ${self.ref.facts.name}.${member.name}`, [handler], []),
        kind: "override",
        unit: ref.unit,
        node: { at: member.at, end: node.end },
        fn,
      });
    }
}
