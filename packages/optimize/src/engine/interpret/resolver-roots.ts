/** GraphQL: maps of types to fields to functions, and types that are made by calls. */
import { entriesOf, handlersIn } from "./entries.ts";
import { callHandler } from "./handlers.ts";
import type { Root } from "./root.ts";
import { rootOf } from "./root.ts";
import type { Value } from "./value.ts";
import { bare } from "./value.ts";
import type { Registration, World } from "./world.ts";

const rootTypes = new Set(["Query", "Mutation", "Subscription"]);

/** It stands for the whole request. */
export function isRootType(name: string): boolean {
  return rootTypes.has(name);
}

export function resolverRoots(world: World, one: Registration, map: Value, out: Root[]): void {
  for (const [type, fields] of entriesOf(world, map)) {
    for (const [field, value] of entriesOf(world, fields)) {
      const handlers = handlersIn(value);
      if (handlers.length > 0) out.push(rootOf(one, `resolver ${type}.${field}`, handlers, [], !rootTypes.has(type)));
    }
  }
}

/** A type or field that a call makes; a field without a type belongs to the type whose function it is made in. */
export function graphqlRoots(world: World, one: Registration, out: Root[]): void {
  const type = typeOf(one);
  if (one.spec.kind === "graphql-field") {
    const around =
      one.method === undefined
        ? world.registrations.find((other) => other.spec.kind === "graphql-type" && makersOf(other).includes(one.owner))
        : undefined;
    const name = one.method ?? (around === undefined ? undefined : typeOf(around));
    const handlers = fieldHandlers(world, one);
    if (handlers.length > 0) out.push(fieldRoot(one, name, one.path ?? "", handlers));
    return;
  }
  for (const value of one.handlers) {
    for (const [field, config] of entriesOf(world, fieldsIn(world, one, value))) {
      const handlers = handlersIn(config);
      if (handlers.length > 0) out.push(fieldRoot(one, type, field, handlers));
    }
  }
}

function typeOf(one: Registration): string {
  return one.path ?? one.method ?? "";
}

function fieldRoot(one: Registration, type: string | undefined, field: string, handlers: readonly Value[]): Root {
  const root = rootOf(
    one,
    `resolver ${type === undefined ? "" : `${type}.`}${field}`,
    handlers,
    [],
    type !== undefined && !rootTypes.has(type),
  );
  // Where a maker is handed to the function that says the fields, it is not what the field's own function gets.
  return root.params.every((param) => param === "value") ? root : { ...root, params: [] };
}

/** The map of fields, or what the function gives that stands in its place. */
function fieldsIn(world: World, one: Registration, value: Value): Value {
  if (!value.what.some((origin) => origin.kind === "closure")) return value;
  const made = callHandler(world, value, one.spec.params ?? [], one.library, false).map((summary) => bare(summary.returns));
  return made[0] ?? value;
}

/** The field's function; or the one in the options that a maker's function gives: `(t) => t.field({ resolve })`. */
function fieldHandlers(world: World, one: Registration): Value[] {
  if ((one.spec.params ?? []).every((param) => param === "value")) return one.handlers.flatMap(handlersIn);
  return one.handlers.flatMap((value) => handlersIn(fieldsIn(world, one, value)));
}

/** Sites of the makers that the functions of a type get. */
function makersOf(one: Registration): string[] {
  return one.handlers.flatMap((value) =>
    value.what.flatMap((origin) =>
      origin.kind === "closure" ? [`handler:${origin.unit.index}:${origin.unit.facts.functions[origin.fn]?.at ?? -1}`] : [],
    ),
  );
}
