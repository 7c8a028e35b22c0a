/** Views that no table of routes shows: a registry of the program's own names them. */
import { basesOf, classRefOf, evaluateAt, findMember } from "./classes.ts";
import { madeWith } from "./made-classes.ts";
import { withNamed } from "./python.ts";
import type { Root } from "./root.ts";
import type { Table } from "./url-roots.ts";
import type { ClassRef, Value } from "./value.ts";
import { newHeap, unknown, valueOf } from "./value.ts";
import { classRoot } from "./view-roots.ts";
import type { World } from "./world.ts";

/** Classes that extend a view and that nothing extends, when no route leads to them; and classes that put out a template by themselves. */
export function unlistedRoots(world: World, table: Table, out: Root[]): void {
  const listed = new Set<ClassRef>();
  for (const root of out)
    for (const handler of root.handlers)
      for (const origin of handler.what)
        if (origin.kind === "closure")
          for (const self of origin.self?.what ?? [])
            if (self.kind === "instance") for (const one of basesOf(world, self.ref).project) listed.add(one);
  for (const unit of world.units) {
    if (unit.facts.language !== "python") continue;
    for (const facts of unit.facts.classes) {
      if (facts.parent !== 0 || facts.bases.length === 0) continue;
      const ref = classRefOf(world, unit, facts.id, unit.env);
      if (listed.has(ref) || (world.subclasses.get(ref)?.length ?? 0) > 0) continue;
      const { library } = basesOf(world, ref);
      if (library !== undefined && library.library === table.library && library.instance === table.spec.handler) {
        const name = `view ${moduleName(unit.facts.file)}.${facts.name}`;
        classRoot(world, table, withModel(world, table, ref), name, out, { unit, node: { at: facts.at, end: facts.at }, fn: 0 });
      } else if (library === undefined) componentRoot(world, table, ref, out);
    }
  }
}

function moduleName(file: string): string {
  return file.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".");
}

/** The rows of a view are those of the class that names it, when it does not say itself which: `index_view_class = OrderIndex; model = Order`. */
function withModel(world: World, table: Table, ref: ClassRef): ClassRef {
  const { model } = table.spec;
  const own = valueAt(world, ref, model);
  if (own?.what.some((origin) => origin.kind === "class") === true) return ref;
  for (const holder of holdersOf(world).get(ref) ?? []) {
    const value = valueAt(world, holder, model);
    if (value?.what.some((origin) => origin.kind === "class") === true) return madeWith(world, ref, argumentsFor(ref, model, value));
  }
  return ref;
}

const given = new WeakMap<ClassRef, readonly Value[]>();

function argumentsFor(ref: ClassRef, name: string, value: Value): readonly Value[] {
  const args = given.get(ref) ?? withNamed([], new Map([[name, value]]));
  given.set(ref, args);
  return args;
}

function valueAt(world: World, ref: ClassRef, name: string): Value | undefined {
  const found = findMember(world, ref, name, true);
  return found?.member.value === undefined ? undefined : evaluateAt(world, found.ref, found.member.value);
}

const holders = new WeakMap<World, Map<ClassRef, ClassRef[]>>();

/** Classes that name another class as one of their members, by that class. */
function holdersOf(world: World): Map<ClassRef, ClassRef[]> {
  let map = holders.get(world);
  if (map !== undefined) return map;
  map = new Map();
  holders.set(world, map);
  for (const unit of world.units)
    for (const facts of unit.facts.language === "python" ? unit.facts.classes : []) {
      if (facts.parent !== 0) continue;
      const ref = classRefOf(world, unit, facts.id, unit.env);
      for (const member of facts.members) {
        if (member.kind !== "field" || (member.value?.kind !== "name" && member.value?.kind !== "member")) continue;
        for (const origin of evaluateAt(world, ref, member.value).what)
          if (origin.kind === "class" && origin.ref !== ref) map.set(origin.ref, [...(map.get(origin.ref) ?? []), ref]);
      }
    }
  return map;
}

/** A panel, menu item or cell: it has a template and gives it a context. */
function componentRoot(world: World, table: Table, ref: ClassRef, out: Root[]): void {
  const [template, context] = table.spec.component;
  const named = findMember(world, ref, template, true);
  const own = findMember(world, ref, context, false);
  if (named?.member.value === undefined || own?.member.function === undefined) return;
  if (own.ref !== ref && named.ref !== ref) return;
  const unit = world.written(table.library);
  const shown = unit?.facts.functions.find((fn) => fn.name === "put_out");
  if (unit === undefined || shown === undefined) return;
  const self = valueOf({ kind: "instance", ref });
  const home = unit.facts.classes.find((one) => one.id === shown.class);
  out.push({
    name: `view ${moduleName(ref.unit.facts.file)}.${ref.facts.name}`,
    kind: "page",
    handlers: [
      valueOf({
        kind: "closure",
        unit,
        fn: shown.id,
        env: unit.env,
        self,
        home: home === undefined ? undefined : classRefOf(world, unit, home.id, unit.env),
      }),
    ],
    middlewares: [],
    params: [],
    library: undefined,
    perItem: false,
    given: { key: "component", values: [valueOf({ kind: "object", object: newHeap(world, false) }), unknown] },
    unit: ref.unit,
    node: { at: ref.facts.at, end: ref.facts.at + "class ".length + ref.facts.name.length },
    fn: ref.facts.parent,
  });
}
