/** Classes of the project whose instances are rows of a table: what a query gives answers with the class's own members first. */
import { basesOf, classRefOf, decoratorsOf, tableOfClass } from "./classes.ts";
import type { ClassRef, Origin } from "./value.ts";
import { madeByName } from "./wiring.ts";
import type { World } from "./world.ts";

const indexes = new WeakMap<World, ReadonlyMap<string, ClassRef>>();

/** The class of a row that a library gave, when the project declares one. */
export function modelOf(world: World, origin: Extract<Origin, { kind: "library" }>): ClassRef | undefined {
  if (origin.table === undefined || origin.draft !== undefined) return undefined;
  if (origin.model !== undefined) return basesOf(world, origin.model).library?.instance === origin.type ? origin.model : undefined;
  let index = indexes.get(world);
  if (index === undefined) {
    indexes.set(world, new Map());
    index = indexOf(world);
    indexes.set(world, index);
  }
  return index.get(`${origin.library.id}|${origin.type}|${origin.table}`) ?? madeModel(world, origin, origin.table);
}

/** A class that a loop of the program made and named. */
function madeModel(world: World, origin: Extract<Origin, { kind: "library" }>, table: string): ClassRef | undefined {
  const ref = madeByName(world, table);
  const library = ref === undefined ? undefined : basesOf(world, ref).library;
  return library?.library === origin.library && library.instance === origin.type ? ref : undefined;
}

function indexOf(world: World): ReadonlyMap<string, ClassRef> {
  const index = new Map<string, ClassRef>();
  const twice = new Set<string>();
  for (const unit of world.units) {
    for (const facts of unit.facts.classes) {
      if (facts.parent !== 0 || (facts.bases.length === 0 && facts.decorators.length === 0)) continue;
      const ref = classRefOf(world, unit, facts.id, unit.env);
      const kind = instanceKind(world, ref);
      if (kind === undefined) continue;
      const key = `${kind}|${tableOfClass(world, ref)}`;
      if (index.has(key)) twice.add(key);
      index.set(key, ref);
    }
  }
  // Two classes of one table: which of them a row is cannot be told.
  for (const key of twice) index.delete(key);
  return index;
}

/** "typeorm|Entity": the library and the type of rows, by base class or by decorator. */
function instanceKind(world: World, ref: ClassRef): string | undefined {
  const { library } = basesOf(world, ref);
  if (library !== undefined) return library.statics === undefined ? undefined : `${library.library.id}|${library.instance}`;
  for (const decorator of decoratorsOf(world, ref, ref.facts.decorators)) {
    if (decorator.spec.table !== undefined && decorator.library.types["Entity"] !== undefined) return `${decorator.library.id}|Entity`;
  }
  return undefined;
}
