/** What a route leads to: a function, or a class whose instances handle some methods. */
import type { DecoratorSpec } from "../../model/library.ts";
import { requestOf } from "./accounts.ts";
import { basesOf, findMember } from "./classes.ts";
import { decoratedView } from "./decorated-views.ts";
import { at } from "./drafts.ts";
import { evaluate } from "./expressions.ts";
import { placeOfValue } from "./file-roots.ts";
import { moduleActivation } from "./modules.ts";
import { entryName } from "./naming.ts";
import type { Root } from "./root.ts";
import { testedMethods } from "./tested-methods.ts";
import { mappedRoots } from "./viewset-roots.ts";
import { madeWith } from "./made-classes.ts";
import type { Table } from "./url-roots.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { arrayIn, constantOf, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

/** Where an entry is shown whose code is the library's own. */
export type From = Pick<Root, "unit" | "node" | "fn">;
type Closure = Extract<Origin, { kind: "closure" }>;

export function viewRoots(world: World, table: Table, origin: Origin, path: string, out: Root[], from: From): void {
  if (origin.kind === "closure") functionRoot(world, table, origin, path, out);
  else if (origin.kind === "bound" || origin.kind === "wrapped")
    for (const one of origin.inner.what) viewRoots(world, table, one, path, out, from);
  else if (origin.kind === "library" && origin.type === table.spec.view && origin.model !== undefined) {
    if (origin.made?.[0]?.what.some((one) => one.kind === "object") === true)
      mappedRoots(world, table, origin.model, origin.made[0], path, out);
    else classRoot(world, table, madeWith(world, origin.model, origin.made ?? []), path, out, from);
  }
}

function functionRoot(world: World, table: Table, origin: Closure, path: string, out: Root[]): void {
  const decorated = methodsOf(world, origin);
  const fn = origin.unit.facts.functions[origin.fn];
  const methods = decorated.length === 0 && fn !== undefined ? testedMethods(fn) : decorated;
  const common = {
    handlers: [decoratedView(world, origin)],
    params: [],
    library: undefined,
    perItem: false,
    ...placeOfValue(origin, origin.unit),
  };
  // Programs that call such a view send no session.
  const alone = isDecorated(world, table, origin, table.spec.account.without);
  const before = { value: alone ? table.stranger : table.request, key: alone ? "stranger" : "request" };
  const around = { middlewares: table.middlewares, before, account: askedBy(table, asksAccount(world, table, origin)) };
  for (const method of methods.length === 0 ? [undefined] : methods)
    out.push({
      ...common,
      ...around,
      name: entryName("route", method ?? "ANY", path),
      kind: "route",
      given: { key: method ?? "any", values: [requestOf(world, method?.toLowerCase(), table.account)] },
    });
}

/** What it costs to know who asks, of a root that is behind the table's middlewares. */
export function askedBy({ account }: Pick<Table, "account">, always: boolean): Root["account"] {
  return account === undefined ? undefined : { cost: account.cost, always };
}

/** A decorator of the library looks at who asks. */
function asksAccount(world: World, table: Table, origin: Closure): boolean {
  return table.account !== undefined && isDecorated(world, table, origin, table.account.decorators);
}

function isDecorated(world: World, { spec }: Table, { unit, fn }: Closure, names: readonly string[]): boolean {
  const act = moduleActivation(world, unit);
  return (unit.facts.functions[fn]?.decorators ?? []).some((decorator) =>
    evaluate(act, decorator.kind === "call" ? decorator.callee : decorator).what.some(
      (origin) => origin.kind === "export" && origin.library.routeTable === spec && names.includes(origin.name),
    ),
  );
}

/** The methods that decorators of the function leave. */
function methodsOf(world: World, { unit, fn }: Closure): string[] {
  const act = moduleActivation(world, unit);
  return (unit.facts.functions[fn]?.decorators ?? []).flatMap((decorator): string[] => {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    return evaluate(act, callee).what.flatMap((origin): string[] => {
      const spec = origin.kind === "export" ? origin.library.decorators?.[origin.name] : undefined;
      if (spec?.methods === undefined) return [];
      const args =
        decorator.kind === "call" ? decorator.args.filter((one) => one.name === undefined).map((one) => evaluate(act, one.value)) : [];
      return listOf(spec.methods, args);
    });
  });
}

export function listOf(methods: NonNullable<DecoratorSpec["methods"]>, args: readonly Value[]): string[] {
  if (!("arg" in methods)) return [...methods];
  const list = arrayIn(at({ args }, methods) ?? unknown);
  return (list?.elements ?? []).flatMap((one) => {
    const text = constantOf(one)?.value;
    return typeof text === "string" ? [text.toUpperCase()] : [];
  });
}

const verbs = ["get", "post", "put", "patch", "delete"];

export function classRoot(world: World, table: Table, ref: ClassRef, path: string, out: Root[], from: From): void {
  for (const verb of verbs) {
    const own = handlerOf(world, ref, verb);
    if (own !== undefined) out.push(entered(world, table, ref, own, verb, entryName("route", verb.toUpperCase(), path), from));
  }
}

/** The member that answers a method, when the class handles it. */
function handlerOf(world: World, ref: ClassRef, verb: string): ReturnType<typeof findMember> {
  const found = findMember(world, ref, verb, false);
  const allowed = findMember(world, ref, "http_method_names", false)?.member.value;
  if (found?.member.function === undefined) return undefined;
  const named = allowed?.kind !== "array" || allowed.elements.some((one) => one?.value.kind === "literal" && one.value.value === verb);
  return named ? found : undefined;
}

/** An instance is set up, then dispatches the request; where it is shown is where the project handles it. */
export function entered(
  world: World,
  table: Pick<Table, "middlewares" | "account" | "request">,
  ref: ClassRef,
  own: NonNullable<ReturnType<typeof findMember>>,
  verb: string,
  name: string,
  from: From,
): Root {
  const self = valueOf({ kind: "instance", ref });
  const steps = ["setup", "dispatch"].flatMap((step): Value[] => {
    const member = findMember(world, ref, step, false);
    if (member?.member.function === undefined) return [];
    return [valueOf({ kind: "closure", unit: member.ref.unit, fn: member.member.function, env: member.ref.env, self, home: member.ref })];
  });
  const handler = valueOf({ kind: "closure", unit: own.ref.unit, fn: own.member.function ?? 0, env: own.ref.env, self, home: own.ref });
  return {
    name,
    kind: "route",
    handlers: steps.length > 1 ? steps : [handler],
    middlewares: table.middlewares,
    before: { value: table.request, key: "request" },
    account: askedBy(table, false),
    params: [],
    library: undefined,
    perItem: false,
    given: { key: verb, values: [requestOf(world, verb, table.account)] },
    ...shownAt(world, ref, own, from),
  };
}

export function shownAt(world: World, ref: ClassRef, own: NonNullable<ReturnType<typeof findMember>>, from: From): From {
  const project = basesOf(world, ref).project.find((one) => one.unit.written === undefined && one.facts.id >= 0);
  if (project === undefined) return from;
  const { unit, facts } = project;
  const written = own.ref.unit.written === undefined && own.member.function !== undefined;
  const fn = own.ref.unit.facts.functions[own.member.function ?? 0];
  return written && fn !== undefined
    ? { unit: own.ref.unit, node: fn, fn: fn.id }
    : { unit, node: { at: facts.at, end: facts.at + "class ".length + facts.name.length }, fn: facts.parent };
}
