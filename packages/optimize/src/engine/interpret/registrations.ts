/** What calls of frameworks register: handlers, routers, resolver maps. Named later, when all modules have run. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Where } from "../../model/effect.ts";
import type { RegisterSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { callFunctions } from "./call-targets.ts";
import { isControllerPair, methodOfController, methodOfText } from "./controllers.ts";
import { at as placeAt } from "./drafts.ts";
import { propertyOf } from "./classes.ts";
import { exportedValue, resolved, settled } from "./modules.ts";
import { namedIn } from "./settings.ts";
import { wordsOf } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import { arrayIn, constantOf, unknown, valueOf } from "./value.ts";
import type { Registration } from "./world.ts";

type LibraryOrigin = Extract<Origin, { kind: "library" }>;
type MethodOrigin = Extract<Origin, { kind: "library-method" }>;

function at(args: readonly Value[], where: Where | undefined): Value | undefined {
  return placeAt({ args }, where);
}

export function register(
  act: Activation,
  method: MethodOrigin,
  args: readonly Value[],
  e: Expression,
  origin: LibraryOrigin | undefined,
): void {
  const spec = method.spec.registers;
  if (spec === undefined || !applies(spec, args)) return;
  const described = spec.kind === "route-object" ? (arrayIn(args[0] ?? unknown)?.elements ?? []) : [];
  if (described.length > 0) {
    for (const one of described) register(act, method, [one, ...args.slice(1)], e, origin);
    return;
  }
  const site = `${act.unit.index}:${e.at}`;
  const owner = origin?.site ?? site;
  const given = pathArgument(spec, args);
  // A queue or command that carries its name gives it to what it registers.
  const path =
    spec.path === undefined && (spec.kind === "job" || spec.kind === "command" || spec.kind === "graphql-type")
      ? origin?.table
      : (textOf(given) ?? (spec.spelled === true ? spelled(e, spec.path) : spec.kind.startsWith("graphql") ? tableOf(given) : undefined));
  const missing = spec.optionalPath === true && path === undefined && given !== undefined && isHandler(given);
  const { functions, routers } = handlersOf(act, spec, spec.kind === "applied" ? (origin?.made ?? []) : args, missing, e);
  // A chain's calls all begin where the chain does.
  const inner = site === owner ? `${site}-${e.end}` : site;
  if (spec.kind === "plugin") plug(act, functions, args, e, origin, inner);
  const one: Registration = {
    spec,
    library: method.library,
    owner,
    path: missing
      ? undefined
      : spec.kind === "plugin" || spec.kind === "base" || spec.kind === "contract"
        ? textOf(at(args, spec.prefix ?? spec.path))
        : path,
    contract: at(args, spec.contract),
    otherPaths: missing ? [] : textsOf(given).slice(1),
    method: methodOf(spec, args) ?? (spec.kind === "graphql-field" && act.unit.facts.language === "python" ? origin?.table : undefined),
    handlers: spec.kind === "plugin" ? [] : functions,
    mounted: spec.kind === "plugin" ? [inner] : routers,
    answer: spec.answers === undefined ? undefined : { unit: act.unit, type: writtenAt(e, spec.answers) },
    dependencies: spec.before === undefined ? [] : listed(at(args, spec.before)),
    scope: spec.kind === "chain" || spec.onResult === true || spec.kind === "procedures" || spec.kind === "procedure" ? site : undefined,
    unit: act.unit,
    fn: act.fn,
    node: e,
    order: act.world.registrations.length,
    name: spec.label === undefined && spec.suffix === undefined ? undefined : textOf(at(args, spec.label ?? spec.suffix)),
  };
  const { registrations: list, registered } = act.world;
  const key = `${site}-${e.end}|${owner}|${one.method ?? ""}|${routers.join()}|${one.path === undefined ? "" : `=${one.path}`}`;
  const index = registered.get(key);
  const before = index === undefined ? undefined : list[index];
  if (index === undefined || before === undefined) registered.set(key, list.push(one) - 1);
  else list[index] = { ...one, order: before.order, handlers: one.handlers.length === 0 ? before.handlers : one.handlers };
}

/** `com.example.getOrder`: what stands for a name is called as it is reached. */
function spelled(e: Expression, where: Where | undefined): string | undefined {
  const written = where === undefined ? undefined : writtenAt(e, where);
  return written?.kind === "member" ? wordsOf(written) : undefined;
}

/** The argument as it is written: a type is no value. */
function writtenAt(e: Expression, { arg, keyword }: Where): Expression | undefined {
  if (e.kind !== "call") return undefined;
  const given = e.args.find((one) => one.name !== undefined && one.name === keyword) ?? e.args.filter((one) => one.name === undefined)[arg];
  return given?.value;
}

function listed(value: Value | undefined): readonly Value[] {
  const list = value === undefined ? undefined : arrayIn(value);
  return list === undefined ? [] : (list.elements ?? [list.element]);
}

function applies(spec: RegisterSpec, args: readonly Value[]): boolean {
  if (spec.only === undefined) return true;
  const value = constantOf(at(args, spec.only.where) ?? unknown)?.value;
  return typeof value === "string" && spec.only.oneOf.includes(value);
}

/** Where the path stands: after its name when the route has one. */
function pathArgument(spec: RegisterSpec, args: readonly Value[]): Value | undefined {
  if (spec.path === undefined) return undefined;
  const first = at(args, spec.path);
  const second = spec.named === true ? args[spec.path.arg + 1] : undefined;
  return second !== undefined && textOf(first) !== undefined && textOf(second) !== undefined ? second : first;
}

/** A type's handle names it: `builder.objectRef("User")`. */
function tableOf(value: Value | undefined): string | undefined {
  for (const origin of value?.what ?? []) if (origin.kind === "library") return origin.table;
  return undefined;
}

/** All texts of a list of texts. */
function textsOf(value: Value | undefined): string[] {
  for (const origin of value?.what ?? []) if (origin.kind === "array") return (origin.elements ?? []).flatMap((one) => textOf(one) ?? []);
  return [];
}

/** A function, something that wraps one, or a router. */
function isHandler(value: Value): boolean {
  return (
    value.what.some(
      (origin) =>
        origin.kind === "closure" ||
        origin.kind === "bound" ||
        origin.kind === "library" ||
        origin.kind === "library-method" ||
        origin.kind === "array" ||
        origin.kind === "object" ||
        origin.kind === "instance",
    ) || value.what.length === 0
  );
}

function methodOf(spec: RegisterSpec, args: readonly Value[]): string | undefined {
  if (spec.method === undefined || typeof spec.method === "string") return spec.method;
  if (spec.otherwise !== undefined && at(args, spec.method) === undefined) return spec.otherwise;
  const value = at(args, spec.method);
  const list = value === undefined ? undefined : arrayIn(value);
  const texts = (list?.elements ?? (value === undefined ? [] : [value])).map((one) => textOf(one));
  return texts.every((text) => text !== undefined) && texts.length > 0 ? texts.join("|").toUpperCase() : undefined;
}

function handlersOf(
  act: Activation,
  spec: RegisterSpec,
  args: readonly Value[],
  shifted: boolean,
  e: Expression,
): { functions: Value[]; routers: string[] } {
  const functions: Value[] = [];
  const routers: string[] = [];
  const maps =
    spec.map === true ||
    spec.kind === "resolvers" ||
    spec.kind === "procedures" ||
    spec.kind === "contract" ||
    spec.kind.startsWith("graphql");
  if (spec.decorates === true && act.decorated !== undefined) functions.push(act.decorated);
  const take = (value: Value | undefined, depth: number): void => {
    if (value === undefined || depth > 3) return;
    if (spec.kind === "resource") {
      functions.push(value);
      return;
    }
    for (const origin of value.what) {
      if (spec.controllers !== undefined && isControllerPair(origin)) {
        functions.push(...methodOfController(act, origin, e));
        continue;
      }
      if (
        origin.kind === "closure" ||
        origin.kind === "bound" ||
        (origin.kind === "class" && (spec.kind === "viewset" || spec.kind === "applied"))
      )
        functions.push(valueOf(origin));
      else if (origin.kind === "promise") take(origin.value, depth + 1);
      else if (origin.kind === "namespace" && maps) functions.push(valueOf(origin));
      // A module in the place of a function: its default export (`register(import("./plugin.js"))`).
      else if (origin.kind === "namespace") take(exportedValue(act.world, origin.unit, "default"), depth + 1);
      else if (origin.kind === "const" && typeof origin.value === "string" && spec.dotted !== undefined)
        take(spoken(act, origin.value, spec.dotted), depth + 1);
      else if (origin.kind === "const" && typeof origin.value === "string" && spec.controllers !== undefined)
        functions.push(...methodOfText(act, origin.value, spec.controllers, e));
      else if (origin.kind === "commonjs") take(settled(valueOf(origin)), depth + 1);
      else if (origin.kind === "library") routers.push(origin.site);
      else if (origin.kind === "array") for (const one of origin.elements ?? [origin.element]) take(one, depth + 1);
      else if (origin.kind === "object") {
        for (const name of spec.also ?? []) take(origin.object.props.get(name), depth + 1);
        if (maps) functions.push(valueOf(origin));
      }
    }
  };
  if (typeof spec.handlers === "number") for (const arg of args.slice(shifted ? 0 : spec.handlers)) take(arg, 0);
  else if (spec.handlers !== undefined) take(at(args, spec.handlers), 0);
  if (spec.also !== undefined && typeof spec.handlers === "object") {
    const options = args[spec.handlers.arg];
    for (const name of spec.also) take(propertyOf(options, name), 0);
  }
  return { functions, routers };
}

/** What a name with dots means in the project: a member of a module, or of the module that it names the member `of`. */
function spoken({ world, unit }: Activation, name: string, of: string): Value {
  const module = resolved(world, unit, name);
  if (module.kind === "unit") return exportedValue(world, module.unit, of) ?? unknown;
  return namedIn(world, unit, name);
}

/** A plugin is called with a scope of its own. */
function plug(
  act: Activation,
  functions: readonly Value[],
  args: readonly Value[],
  e: Expression,
  origin: LibraryOrigin | undefined,
  site: string,
): void {
  if (origin === undefined) return;
  const scope = valueOf({ ...origin, site, draft: undefined });
  const options = args[1] ?? unknown;
  for (const target of functions) callFunctions(act, target, [scope, options, unknown], e);
}

export function textOf(value: Value | undefined): string | undefined {
  for (const origin of value?.what ?? []) {
    if (origin.kind === "const" && typeof origin.value === "string") return origin.value;
    if (origin.kind === "array") {
      const first = textOf(origin.elements?.[0]);
      if (first !== undefined) return first;
    }
    if (origin.kind === "class") return origin.ref.facts.name;
  }
  return undefined;
}

export type { Where };
