/** Classes that a worker is told by name, whose attributes hold its jobs: `class WorkerSettings: functions = [send]`. */
import type { Library } from "../../model/library.ts";
import { evaluateAt } from "./classes.ts";
import type { Root } from "./root.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { arrayIn, valueOf } from "./value.ts";
import type { World } from "./world.ts";

const known = new WeakMap<World, readonly Library[]>();

function librariesOf(world: World): readonly Library[] {
  let list = known.get(world);
  if (list === undefined) known.set(world, (list = [...new Set(world.libraries.values())].filter((one) => one.workerClass !== undefined)));
  return list;
}

export function workerClassRoots(world: World, ref: ClassRef, out: Root[]): void {
  for (const library of librariesOf(world)) {
    if (library.workerClass?.name !== ref.facts.name || !isImported(ref, library)) continue;
    for (const [attribute, kind] of Object.entries(library.workerClass.jobs)) {
      const value = ref.facts.members.find((member) => member.name === attribute)?.value;
      if (value !== undefined) for (const origin of functionsIn(evaluateAt(world, ref, value))) out.push(rootFor(library, kind, origin));
    }
  }
}

function isImported({ unit }: ClassRef, { packages }: Library): boolean {
  return unit.facts.imports.some((name) => packages.includes(name));
}

/** The functions themselves, and those that elements of the list were made with (`cron(clean, hour=3)`). */
function functionsIn(value: Value): Extract<Origin, { kind: "closure" }>[] {
  const list = arrayIn(value);
  return (list?.elements ?? []).flatMap(({ what }) =>
    what
      .flatMap((origin) => (origin.kind === "library" ? (origin.made?.[0]?.what ?? []) : [origin]))
      .filter((one) => one.kind === "closure"),
  );
}

function rootFor(library: Library, kind: "job" | "schedule", origin: Extract<Origin, { kind: "closure" }>): Root {
  const { unit, fn } = origin;
  const facts = unit.facts.functions[fn];
  return {
    name: `${kind} ${facts?.name ?? ""}`,
    kind,
    handlers: [valueOf(origin)],
    middlewares: [],
    params: [],
    library,
    unit,
    node: { at: facts?.at ?? 0, end: facts?.end ?? 0 },
    fn,
    perItem: false,
  };
}
