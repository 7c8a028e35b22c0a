/** Objects that a library makes by `new`, and models that are defined on them. */
import type { Where } from "../../model/effect.ts";
import type { Library } from "../../model/library.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { callFunctions } from "./call-targets.ts";
import type { Asked } from "./drafts.ts";
import { at } from "./drafts.ts";
import { later } from "./escapes.ts";
import { defineMember, definedMember } from "./extensions.ts";
import { joinAll } from "./joins.ts";
import type { LibraryOrigin } from "./libraries.ts";
import { depsOfAll } from "./draft-arguments.ts";
import { invoke } from "./libraries.ts";
import { moduleValue, unitValue } from "./modules.ts";
import { namedOf, withNamed } from "./python.ts";
import { tableName } from "./tables.ts";
import type { Origin, Value } from "./value.ts";
import { bare, constantOf, unknown, valueOf } from "./value.ts";

/** `new Client(options)`. */
export function constructLibrary(
  act: Activation,
  origin: Extract<Origin, { kind: "export" | "library" }>,
  args: readonly Value[],
  e: Expression,
): Value | undefined {
  const { library } = origin;
  const type = origin.kind === "export" ? (origin.spec.class ?? origin.spec.value) : origin.type;
  if (type === undefined) return undefined;
  const spec = library.types[type]?.construct;
  const made = bareArguments(args);
  const self: LibraryOrigin = {
    kind: "library",
    library,
    type,
    table: origin.kind === "library" ? origin.table : undefined,
    site: `${act.unit.index}:${e.at}`,
    made,
  };
  if (spec === undefined) {
    for (const arg of args) for (const one of arg.what) if (one.kind === "closure") later(act, one, e);
    return valueOf(self, depsOfAll(args));
  }
  const result = invoke(act, { kind: "library-method", library, spec, receiver: self, name: `new ${type}` }, args, e, unknown);
  const { returns } = spec;
  if (returns !== undefined && returns !== "same") return result;
  return valueOf(
    { ...self, table: spec.table === undefined ? self.table : tableName(act.world, at({ args }, spec.table)) },
    depsOfAll(args),
  );
}

/** What a call was given, without what it depends on. */
function bareArguments(args: readonly Value[]): readonly Value[] {
  const named = namedOf(args);
  return named === undefined ? args.map(bare) : withNamed(args.map(bare), new Map([...named].map(([name, value]) => [name, bare(value)])));
}

/** `app.decorate("db", client)` */
export function define(act: Activation, asked: Asked, spec: { readonly name: Where; readonly value: Where }): void {
  const name = constantOf(at(asked, spec.name) ?? unknown)?.value;
  const value = at(asked, spec.value);
  if (typeof name === "string" && value !== undefined && asked.receiver !== undefined)
    defineMember(act.world, asked.receiver.library, name, value);
}

/** `context.get("db")`: what such a call gave the library's values under that name. */
export function definedAs(act: Activation, library: Library, name: Value | undefined): Value {
  const known = constantOf(name ?? unknown)?.value;
  return (typeof known === "string" ? definedMember(act.world, library, known) : undefined) ?? unknown;
}

/** `sequelize.import(path)`: the module's function is called with the client. */
export function importNow(act: Activation, asked: Asked, where: Where, receiver: Value): Value {
  const path = constantOf(at(asked, where) ?? unknown)?.value;
  const pattern = at(asked, where)?.what.find((origin) => origin.kind === "pattern");
  const loaded =
    typeof path === "string"
      ? moduleValue(act.world, act.unit, path, true)
      : pattern?.kind === "pattern"
        ? joinAll(act.world.resolvePattern(act.unit, pattern.prefix, pattern.suffix).map((unit) => unitValue(act.world, unit, true)))
        : unknown;
  return callFunctions(act, loaded, [receiver, unknown], asked.e) ?? unknown;
}
