/** Members of rows and of the queries that give them. */
import { accessorOf, readAccessor } from "./accessors.ts";
import type { Activation } from "./activation.ts";
import { modelsWith, relationOfAny } from "./any-model.ts";
import { basesOf, findMember } from "./classes.ts";
import { none } from "./deps.ts";
import { isLeftOpen } from "./open-methods.ts";
import { callClosure } from "./functions.ts";
import { joinAll } from "./joins.ts";
import { libraryMember } from "./library-members.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { managerOf, queryMethod } from "./managers.ts";
import type { Spot } from "./members.ts";
import { readNamed } from "./members.ts";
import { overridesOf } from "./overrides.ts";
import { nodeAt, relationStep } from "./relation-step.ts";
import { isQuery, isRow } from "./row-results.ts";
import { plainState, stateWith } from "./row-state.ts";
import { modelsOf, relationOf, rowTypes, relationOfTable } from "./schema.ts";
import type { ClassRef, Value } from "./value.ts";
import { present, scalar, valueOf } from "./value.ts";

/** A member of a row or query; undefined when it is none of theirs. */
export function memberOfRows(act: Activation, origin: LibraryOrigin, name: string, object: Value, spot: Spot): Value | undefined {
  if (isRow(origin)) return rowMember(act, origin, name, object, spot);
  if (isQuery(origin)) return queryMember(act, origin, name, object, spot);
  return undefined;
}

/** What rows are found by, unless their class says otherwise: the database has given it to every row that it has. */
export function isKey(name: string): boolean {
  return name === "pk" || name === "id";
}

/** What the class says first, then the relations; everything else is a column. */
function rowMember(act: Activation, origin: LibraryOrigin, name: string, object: Value, spot: Spot): Value | undefined {
  const { model } = origin;
  if (model === undefined) {
    // A row of any model: a method that one of them alone has, or passes on, can be no other's.
    const models = origin.table === undefined ? modelsWith(act.world, name) : [];
    if (models.length > 0) {
      const rows = models.map((one) => ({ ...origin, model: one, table: one.facts.name }));
      return joinAll(rows.map((row) => readNamed(act, { what: [row], deps: object.deps, key: object.key }, name, spot)));
    }
    const { table } = origin;
    const relation = table === undefined ? relationOfAny(act.world, name) : relationOfTable(act.world, origin.library, table, name);
    return relation === undefined ? libraryMember(act, origin, name, object) : relationStep(act, origin, relation, object, spot);
  }
  const relation = relationOf(act.world, model, name);
  const own = relation?.made === true ? undefined : ownMember(act, origin, model, name, object, spot);
  if (own !== undefined) return own;
  if (relation !== undefined) return relationStep(act, origin, relation, object, spot);
  if (origin.state?.stored === true && isKey(name) && act.unit.facts.language === "python") return scalar(present, object.deps);
  return libraryMember(act, origin, name, object);
}

/** A method or accessor of the project's class, with the row as `self`. */
function ownMember(act: Activation, origin: LibraryOrigin, model: ClassRef, name: string, object: Value, spot: Spot): Value | undefined {
  const found = findMember(act.world, model, name, false) ?? findMember(act.world, model, name, true);
  if (found === undefined) return undefined;
  const { ref, member } = found;
  const self: Value = { what: [origin], deps: object.deps, key: object.key };
  const made = member.function === undefined ? accessorOf(act, found) : member.function;
  if (made === undefined) return undefined;
  const row: Value = member.static && member.function !== undefined ? valueOf({ kind: "class", ref: model }, object.deps) : self;
  const closure = { kind: "closure" as const, unit: ref.unit, fn: made, env: ref.env, self: row, home: ref };
  if (member.kind !== "getter" && member.function !== undefined) {
    if (member.static || !isLeftOpen(ref.unit.facts.functions[made])) return valueOf(closure);
    const overrides = overridesOf(act.world, ref, name).filter((one) => one.member.function !== undefined);
    if (overrides.length === 0 || overrides.length > 8) return valueOf(closure);
    // What the base leaves to its subclasses is done by one of them.
    const others = overrides.map((one) => ({
      ...closure,
      unit: one.ref.unit,
      fn: one.member.function as number,
      env: one.ref.env,
      home: one.ref,
    }));
    return { what: [closure, ...others], deps: none, key: undefined };
  }
  return readAccessor(act, found, closure, object, spot);
}

/** Methods that the project's classes of managers and queries add come before the library's. */
function queryMember(act: Activation, origin: LibraryOrigin, name: string, object: Value, spot: Spot): Value | undefined {
  const self: Value = { what: [origin], deps: object.deps, key: object.key };
  if (name === "model") return origin.model === undefined ? undefined : valueOf({ kind: "class", ref: origin.model });
  const { queries } = origin;
  if (queries !== undefined) {
    const found = queryMethod(act.world, queries, name);
    if (found?.member.function !== undefined) {
      const closure = {
        kind: "closure" as const,
        unit: found.ref.unit,
        fn: found.member.function,
        env: found.ref.env,
        self,
        home: found.ref,
      };
      return found.member.kind === "getter" ? callClosure(act, closure, [], nodeAt(spot)) : valueOf(closure);
    }
    const base = origin.draft === undefined ? baseQuery(act, origin, queries, self, spot) : undefined;
    if (base !== undefined) return readNamed(act, base, name, spot);
  }
  return libraryMember(act, origin, name, object);
}

/** A manager's methods start from what its `get_queryset` gives. */
function baseQuery(act: Activation, origin: LibraryOrigin, queries: readonly ClassRef[], self: Value, spot: Spot): Value | undefined {
  if (origin.type !== origin.library.models?.manager) return undefined;
  const found = queryMethod(act.world, queries, "get_queryset");
  if (found?.member.function === undefined) return undefined;
  const value = callClosure(
    act,
    { kind: "closure", unit: found.ref.unit, fn: found.member.function, env: found.ref.env, self, home: found.ref },
    [],
    nodeAt(spot),
  );
  const what = value.what.filter((one) => isQuery(one) && one.draft !== undefined);
  return what.length === 0 ? undefined : { what, deps: value.deps, key: value.key };
}

/** The row that an instance of a model is, when nothing else is known of it. */
export function rowOfInstance(act: Activation, ref: ClassRef): LibraryOrigin | undefined {
  const models = modelsOf(act.world, ref);
  if (models === undefined) return undefined;
  const { library } = libraryOf(act, ref);
  return {
    kind: "library",
    library,
    type: rowTypes.get(ref) ?? models.row,
    table: ref.facts.name,
    site: `class:${ref.facts.name}`,
    model: ref,
    state: plainState,
  };
}

function libraryOf(act: Activation, ref: ClassRef): { readonly library: LibraryOrigin["library"] } {
  return basesOf(act.world, ref).library as NonNullable<ReturnType<typeof basesOf>["library"]>;
}

/** `Model.objects`, of a class of the project. */
export function managerMember(act: Activation, ref: ClassRef, name: string): Value | undefined {
  return modelsOf(act.world, ref) === undefined ? undefined : managerOf(act.world, ref, name);
}

/** `Book(author=author)`: a row that the program made; nothing is read for what it was not given. */
export function madeRow(act: Activation, ref: ClassRef, deps: Value["deps"]): Value | undefined {
  const row = basesOf(act.world, ref).library?.library.models === undefined ? undefined : rowOfInstance(act, ref);
  return row === undefined ? undefined : valueOf({ ...row, state: stateWith(plainState, { made: true }) }, deps);
}
