/** What a model is asked by: its managers, with the methods that the project's own classes of managers and queries add. */
import { basesOf, evaluateAt, findMember } from "./classes.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { plainState } from "./row-state.ts";
import { namedOf } from "./python.ts";
import { modelsOf } from "./schema.ts";
import { tableOfBase } from "./classes.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { World } from "./world.ts";

const known = new WeakMap<ClassRef, readonly ClassRef[]>();

/** The project's classes that a manager or query class answers by: itself, its bases, and those that `from_queryset` took in. */
export function queriesOf(world: World, ref: ClassRef): readonly ClassRef[] {
  const before = known.get(ref);
  if (before !== undefined) return before;
  known.set(ref, [ref]);
  const out: ClassRef[] = [];
  const add = (one: ClassRef): void => {
    if (!out.includes(one)) out.push(one);
  };
  for (const one of basesOf(world, ref).project) {
    add(one);
    for (const base of one.facts.bases)
      for (const origin of evaluateAt(world, one, base).what) for (const inner of queriesIn(world, origin)) add(inner);
  }
  known.set(ref, out);
  return out;
}

/** The project's query classes behind what made a manager. */
export function queriesIn(world: World, origin: Origin): readonly ClassRef[] {
  if (origin.kind === "class" || origin.kind === "instance") return asksRows(world, origin.ref) ? queriesOf(world, origin.ref) : [];
  if (origin.kind !== "library") return [];
  const out: ClassRef[] = [...(origin.queries ?? [])];
  if (origin.model !== undefined && asksRows(world, origin.model)) out.push(...queriesOf(world, origin.model));
  for (const value of origin.made ?? [])
    for (const one of value.what) if (one.kind === "class" && asksRows(world, one.ref)) out.push(...queriesOf(world, one.ref));
  return [...new Set(out)];
}

/** The class extends what the library asks tables by. */
export function asksRows(world: World, ref: ClassRef): boolean {
  const { library } = basesOf(world, ref);
  return library?.library.models !== undefined && library.library.types[library.instance]?.lazy !== undefined;
}

/** `BookQuerySet(self.model)`, `QuerySet(model=Book)`: a query of the model that it was given, of no other. */
export function madeQuery(
  world: World,
  { library, type }: Pick<LibraryOrigin, "library" | "type">,
  ref: ClassRef | undefined,
  made: Making,
) {
  const models = library.models;
  if (models === undefined || library.types[type]?.lazy === undefined) return undefined;
  const given = (made.args[0] ?? namedOf(made.args)?.get("model"))?.what.find((origin) => origin.kind === "class");
  const model = given?.kind === "class" ? given.ref : undefined;
  return valueOf({
    kind: "library",
    library,
    type,
    table: model === undefined ? undefined : tableOfBase(world, model),
    site: made.site,
    model,
    state: plainState,
    queries: ref === undefined ? undefined : queriesOf(world, ref),
  });
}

interface Making {
  readonly args: readonly Value[];
  readonly site: string;
}

/** Names of managers in the order of their declaration, the first one is the default. */
function declaredManagers(world: World, ref: ClassRef): ReadonlyMap<string, Value> {
  let list = managers.get(ref);
  if (list !== undefined) return list;
  list = new Map();
  managers.set(ref, list);
  for (const one of basesOf(world, ref).project)
    for (const member of one.facts.members) {
      if (!member.static || member.kind !== "field" || member.value?.kind !== "call" || list.has(member.name)) continue;
      const { callee } = member.value;
      if (!mayMakeManager(world, one, callee)) continue;
      list.set(member.name, evaluateAt(world, one, member.value));
    }
  return list;
}

const managers = new WeakMap<ClassRef, Map<string, Value>>();

/** The call makes a manager: of a class of managers, by `as_manager()`, or by what `from_queryset` made. */
function mayMakeManager(world: World, ref: ClassRef, callee: Parameters<typeof evaluateAt>[2]): boolean {
  return evaluateAt(world, ref, callee).what.some((origin) => {
    if (origin.kind === "class") return asksRows(world, origin.ref);
    if (origin.kind === "export") return isQuery(origin.library, origin.spec.class);
    if (origin.kind === "library") return isQuery(origin.library, origin.library.types[origin.type]?.instances);
    if (origin.kind === "library-method") {
      const { returns } = origin.spec;
      return typeof returns === "object" && "type" in returns && origin.library.models?.manager === returns.type;
    }
    return false;
  });
}

function isQuery(library: LibraryOrigin["library"], type: string | undefined): boolean {
  return library.models !== undefined && type !== undefined && library.types[type]?.lazy !== undefined;
}

/** `Model.objects`, `Model._default_manager`. */
export function managerOf(world: World, ref: ClassRef, name: string): Value | undefined {
  const models = modelsOf(world, ref);
  const { library } = basesOf(world, ref);
  if (models?.manager === undefined || library === undefined) return undefined;
  const declared = declaredManagers(world, ref);
  const isDefault = models.managers?.includes(name) === true;
  const made = declared.get(name) ?? (isDefault ? declared.values().next().value : undefined);
  if (made === undefined && !isDefault) return undefined;
  const queries = (made?.what ?? []).flatMap((origin) => queriesIn(world, origin));
  return valueOf({
    kind: "library",
    library: library.library,
    type: models.manager,
    table: tableOfBase(world, ref),
    site: `class:${ref.facts.name}`,
    model: ref,
    state: plainState,
    queries: queries.length === 0 ? undefined : [...new Set(queries)],
  });
}

/** The classes by which the rows of a model are asked when a relation leads to them. */
export function managerClasses(world: World, ref: ClassRef): readonly ClassRef[] | undefined {
  const [first] = declaredManagers(world, ref).values();
  const queries = (first?.what ?? []).flatMap((origin) => queriesIn(world, origin));
  return queries.length === 0 ? undefined : [...new Set(queries)];
}

/** A method that the project adds to a query. */
export function queryMethod(world: World, queries: readonly ClassRef[], name: string) {
  for (const ref of queries) {
    for (const isStatic of [false, true]) {
      const found = findMember(world, ref, name, isStatic);
      if (found !== undefined && queries.includes(found.ref)) return found;
    }
  }
  return undefined;
}
