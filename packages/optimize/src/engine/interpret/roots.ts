/** Where requests, jobs and events enter: everything that the outside world may start. */
import type { Expression } from "../../model/facts.ts";
import type { EntrySpec, Library } from "../../model/library.ts";
import { basesOf, classRefOf, decoratorsOf, evaluateAt } from "./classes.ts";
import type { AppliedDecorator } from "./classes.ts";
import { entriesOf } from "./entries.ts";
import { evaluate } from "./expressions.ts";
import { bindingValue, exportedValue, moduleActivation } from "./modules.ts";
import { entryName, forgetSites, isHandlerKind, joinPaths, ownersAbove, prefixesOf } from "./naming.ts";
import { namedProcedureRoots, procedureRoots } from "./procedure-roots.ts";
import { textOf } from "./registrations.ts";
import { graphqlRoots, resolverRoots } from "./resolver-roots.ts";
import type { Root } from "./root.ts";
import { entryKind, rootOf } from "./root.ts";
import { readPlain } from "./types.ts";
import { functionInfo } from "./unit.ts";
import type { Unit } from "./unit.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { arrayIn, unknown, valueOf } from "./value.ts";
import type { Registration, World } from "./world.ts";

export function findRoots(world: World): Root[] {
  const out: Root[] = [];
  forgetSites(world);
  const before = world.registrations.filter((one) => one.spec.kind === "middleware" || one.spec.kind === "mount");
  for (const one of world.registrations) {
    if (one.spec.kind === "procedure") namedProcedureRoots(world, one, out);
    else if (isHandlerKind(one)) routeRoots(world, one, before, out);
    else if (one.spec.kind === "resolvers") for (const map of one.handlers) resolverRoots(world, one, map, out);
    else if (one.spec.kind === "procedures") procedureRoots(world, one, out);
    else if (one.spec.kind === "graphql-type" || one.spec.kind === "graphql-field") graphqlRoots(world, one, out);
  }
  for (const unit of world.units) {
    for (const facts of unit.facts.classes) if (facts.parent === 0) classRoots(world, classRefOf(world, unit, facts.id, unit.env), out);
    fileRoots(world, unit, out);
    annotatedRoots(world, unit, out);
  }
  const seen = new Set<string>();
  return out.filter((root) => {
    const key = `${root.name}|${root.unit.index}:${root.node.at}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function routeRoots(world: World, one: Registration, before: readonly Registration[], out: Root[]): void {
  if (one.handlers.length === 0) return;
  const owners = ownersAbove(world, one.owner);
  const middlewares = before
    .filter((other) => owners.has(other.owner) && other.order < one.order && (other.path === undefined || covers(other.path, one.path)))
    .flatMap((other) => other.handlers.filter((handler) => !isErrorHandler(handler, other.spec.errorParameters)));
  if (one.spec.map === true) {
    for (const map of one.handlers)
      for (const [name, value] of entriesOf(world, map)) out.push(rootOf(one, `${entryKind(one)} ${name}`, [value], middlewares));
    return;
  }
  for (const prefix of prefixesOf(world, one.owner)) {
    const methods = one.method?.split("|") ?? [undefined];
    for (const own of [one.path, ...one.otherPaths]) {
      const path =
        one.spec.kind === "route" || one.spec.kind === "route-object" || own?.startsWith("/") === true
          ? joinPaths(prefix, own)
          : (own ?? (prefix === "" ? ownerName(one) : prefix.slice(1)));
      for (const method of methods) out.push(rootOf(one, entryName(entryKind(one), method, path), one.handlers, middlewares));
    }
  }
}

function ownerName(one: Registration): string {
  for (const handler of one.handlers)
    for (const origin of handler.what) if (origin.kind === "closure") return origin.unit.facts.functions[origin.fn]?.name ?? "";
  return "";
}

function covers(mount: string, path: string | undefined): boolean {
  return mount === "/" || mount === "" || mount === "*" || (path?.startsWith(mount) ?? false);
}

function isErrorHandler(handler: Value, parameters: number | undefined): boolean {
  if (parameters === undefined) return false;
  return handler.what.some(
    (origin) => origin.kind === "closure" && (origin.unit.facts.functions[origin.fn]?.params.length ?? 0) >= parameters,
  );
}

/** Decorated classes: controllers, resolvers, processors; and classes that a framework calls because of their base. */
function classRoots(world: World, ref: ClassRef, out: Root[]): void {
  const { facts, unit } = ref;
  if (facts.decorators.length === 0 && facts.bases.length === 0 && facts.implements.length === 0) return;
  const own = decoratorsOf(world, ref, facts.decorators);
  const prefixes = own.flatMap((decorator) => (decorator.spec.path === undefined ? [] : [pathOf(decorator)]));
  const prefix = prefixes[0];
  for (const base of basesOf(world, ref).project) {
    for (const member of base.facts.members) {
      if (member.static || member.decorators.length === 0 || (member.function === undefined && member.value?.kind !== "function")) continue;
      const fn = member.function ?? (member.value?.kind === "function" ? member.value.function : 0);
      for (const decorator of decoratorsOf(world, base, member.decorators)) {
        const { entry } = decorator.spec;
        if (entry === undefined || decorator.spec.on !== "method") continue;
        out.push(classRoot(ref, base, fn, member, entry, decorator, prefix));
      }
    }
  }
  const { library } = basesOf(world, ref);
  if (library !== undefined) entriesByType(world, ref, library.library, library.instance, prefix, out);
  for (const type of facts.implements) {
    if (type.kind !== "name" || type.binding < 0) continue;
    for (const origin of bindingValue(world, unit, type.binding, true).what) {
      const name = origin.kind === "export" ? (origin.spec.type ?? origin.spec.class) : undefined;
      if (origin.kind === "export" && name !== undefined) entriesByType(world, ref, origin.library, name, prefix, out);
    }
  }
}

/**
 * Overrides of methods that a base class of the project leaves open, when nothing else reaches them: instances come from
 * registries and the base calls them, which no call in the code shows.
 */
export function overrideRoots(world: World, reached: ReadonlySet<string>): Root[] {
  const out: Root[] = [];
  for (const unit of world.units) {
    for (const ref of unit.classes.values()) {
      if (ref.facts.abstract || ref.facts.parent !== 0) continue;
      const [, ...above] = basesOf(world, ref).project;
      for (const member of ref.facts.members) {
        const fn = member.function ?? (member.value?.kind === "function" ? member.value.function : undefined);
        if (fn === undefined || member.static || member.kind === "constructor" || reached.has(functionInfo(unit, fn).id)) continue;
        const base = above.find((one) =>
          one.facts.members.some((other) => other.name === member.name && !other.static && isLeftOpen(one, other)),
        );
        if (base !== undefined)
          out.push({
            ...classRoot(ref, ref, fn, member, { kind: "event" }, undefined, undefined),
            name: `override ${ref.facts.name}.${member.name} of ${base.facts.name}`,
            kind: "override",
          });
      }
    }
  }
  return out;
}

/** Entries that the settings name, because nothing in the code shows who calls them. */
export function configuredRoots(world: World, entryPoints: readonly string[]): Root[] {
  const out: Root[] = [];
  for (const text of entryPoints) {
    const [file = "", name] = text.split("#");
    const unit = world.unitOf.get(file.replace(/^\.\//, ""));
    if (unit === undefined) {
      world.failures.push({ file, code: "config", message: `entryPoints names ${text}, and there is no such source` });
      continue;
    }
    const names = name === undefined ? unit.facts.exports.map((one) => one.name).filter((one) => one !== "*") : [name];
    for (const one of names) {
      const handlers = (exportedValue(world, unit, one)?.what ?? []).filter((origin) => origin.kind === "closure");
      if (handlers.length === 0) {
        if (name !== undefined)
          world.failures.push({
            file,
            code: "config",
            message: `entryPoints names ${text}, and the file exports no function of that name`,
          });
        continue;
      }
      out.push({
        name: `event ${unit.facts.file}#${one}`,
        kind: "event",
        handlers: handlers.map((origin) => valueOf(origin)),
        middlewares: [],
        params: [],
        library: undefined,
        perItem: false,
        ...placeOfValue(handlers[0], unit),
      });
    }
  }
  return out;
}

/** Abstract, or nothing but a throw. */
function isLeftOpen(ref: ClassRef, member: ClassRef["facts"]["members"][number]): boolean {
  if (member.abstract) return true;
  const body = member.function === undefined ? undefined : ref.unit.facts.functions[member.function]?.body;
  return body?.length === 1 && body[0]?.kind === "throw";
}

function pathOf(decorator: AppliedDecorator): string {
  const where = decorator.spec.path;
  for (const arg of decorator.args.slice(where?.arg ?? 0)) {
    const direct = textOf(arg);
    if (direct !== undefined) return direct;
    if (where?.property !== undefined) {
      const inner = textOf(readObjectProperty(arg, where.property));
      if (inner !== undefined) return inner;
    }
    for (const origin of arg.what) {
      if (origin.kind !== "closure") continue;
      const last = origin.unit.facts.functions[origin.fn]?.body.at(-1);
      if (last?.kind === "return" && last.value !== undefined) {
        const name =
          last.value.kind === "name" ? last.value.name : last.value.kind === "array" ? nameIn(last.value.elements[0]?.value) : undefined;
        if (name !== undefined) return name;
      }
    }
  }
  return "";
}

function nameIn(e: Expression | undefined): string | undefined {
  return e?.kind === "name" ? e.name : undefined;
}

function readObjectProperty(value: Value, name: string): Value {
  for (const origin of value.what) if (origin.kind === "object") return origin.object.props.get(name) ?? unknown;
  return unknown;
}

function classRoot(
  ref: ClassRef,
  base: ClassRef,
  fn: number,
  member: { readonly name: string; readonly at: number },
  entry: EntrySpec,
  decorator: AppliedDecorator | undefined,
  prefix: string | undefined,
): Root {
  const own = decorator === undefined ? "" : pathOf(decorator);
  const { kind } = entry;
  const name =
    kind === "route"
      ? entryName("route", entry.method, joinPaths(prefix, own))
      : kind === "resolver"
        ? `resolver ${entry.method ?? (prefix === undefined || prefix === "" ? ref.facts.name : prefix)}.${own === "" || decorator?.args.length === 0 ? member.name : own.startsWith("() =>") ? member.name : fieldName(decorator, member.name)}`
        : `${kind} ${own !== "" ? (kind === "job" && prefix !== undefined && prefix !== "" ? `${prefix} ${own}` : own) : prefix !== undefined && prefix !== "" ? (kind === "job" ? prefix : `${prefix}.${member.name}`) : `${ref.facts.name}.${member.name}`}`;
  const facts = base.unit.facts.functions[fn];
  const handler = valueOf({ kind: "closure", unit: base.unit, fn, env: base.env, self: valueOf({ kind: "instance", ref }), home: base });
  return {
    name,
    kind,
    handlers: [handler],
    middlewares: [],
    params: [],
    library: undefined,
    unit: base.unit,
    node: { at: facts?.at ?? member.at, end: facts?.end ?? member.at },
    fn,
    perItem: decorator?.spec.perItem === true,
  };
}

/** `@Query(() => User, { name: "me" })` and `@ResolveField("author")` name the field; a type does not. */
function fieldName(decorator: AppliedDecorator | undefined, fallback: string): string {
  for (const arg of decorator?.args ?? []) {
    for (const origin of arg.what) {
      if (origin.kind === "const" && typeof origin.value === "string") return origin.value;
      if (origin.kind === "object") {
        const name = textOf(origin.object.props.get("name"));
        if (name !== undefined) return name;
      }
    }
  }
  return fallback;
}

function entriesByType(world: World, ref: ClassRef, library: Library, type: string, prefix: string | undefined, out: Root[]): void {
  const spec = library.types[type];
  if (spec?.entries === undefined) return;
  for (const [name, entry] of Object.entries(spec.entries)) {
    for (const base of basesOf(world, ref).project) {
      const member = base.facts.members.find((one) => one.name === name && !one.static && one.function !== undefined);
      if (member?.function === undefined) continue;
      out.push(classRoot(ref, base, member.function, member, entry, undefined, prefix));
      break;
    }
  }
}

/** Files that the framework calls by their place. */
function fileRoots(world: World, unit: Unit, out: Root[]): void {
  for (const convention of world.conventionsOf(unit)) {
    if (convention.spec.directive !== undefined) {
      directiveRoots(world, unit, convention.spec.directive, convention.library, out);
      continue;
    }
    const route = convention.spec.route(convention.path);
    if (route === undefined) continue;
    for (const one of unit.facts.exports) {
      const spec = convention.spec.exports[one.name] ?? convention.spec.exports["*"];
      if (spec === undefined || one.name === "*") continue;
      const value = exportedValue(world, unit, one.name);
      if (value === undefined) continue;
      const functions = value.what.filter((origin) => origin.kind === "closure" || origin.kind === "bound");
      const objects = functions.length > 0 ? [] : entriesOf(world, value);
      const base = { middlewares: [], params: [], library: undefined, unit, perItem: false };
      if (functions.length > 0) {
        const at = placeOfValue(functions[0], unit);
        out.push({
          ...base,
          name:
            spec.kind === "route"
              ? entryName("route", spec.method ?? "ALL", route)
              : `${spec.kind} ${route}${one.name === "default" || spec.kind === "loader" ? "" : ""}`,
          kind: spec.kind,
          handlers: functions.map((origin) => valueOf(origin)),
          ...at,
        });
      }
      for (const [name, inner] of objects) {
        const list = inner.what.filter((origin) => origin.kind === "closure");
        if (list.length > 0)
          out.push({
            ...base,
            name: `${spec.kind} ${route} ${name}`,
            kind: spec.kind,
            handlers: list.map((origin) => valueOf(origin)),
            ...placeOfValue(list[0], unit),
          });
      }
    }
  }
}

function placeOfValue(origin: Origin | undefined, unit: Unit): { node: { at: number; end: number }; fn: number; unit: Unit } {
  if (origin?.kind !== "closure") return { node: { at: 0, end: 0 }, fn: 0, unit };
  const facts = origin.unit.facts.functions[origin.fn];
  return { node: { at: facts?.at ?? 0, end: facts?.end ?? 0 }, fn: origin.fn, unit: origin.unit };
}

/** "use server": each exported function (or each function with the directive) is called by the browser. */
function directiveRoots(world: World, unit: Unit, directive: string, library: Library, out: Root[]): void {
  const whole = unit.facts.directives.includes(directive);
  for (const fn of unit.facts.functions) {
    const exported =
      whole &&
      fn.parent === 0 &&
      fn.id !== 0 &&
      fn.name !== "" &&
      unit.facts.exports.some(
        (one) => one.name === fn.name || (one.binding !== undefined && unit.facts.bindings[one.binding]?.name === fn.name),
      );
    // The module's own directive speaks of its exports, not of its body.
    if (!exported && (fn.id === 0 || !fn.directives.includes(directive))) continue;
    if (fn.captures.length > 0) continue;
    out.push({
      name: `action ${fn.name === "" ? "(unnamed)" : fn.name}`,
      kind: "action",
      handlers: [valueOf({ kind: "closure", unit, fn: fn.id, env: unit.env, self: undefined })],
      middlewares: [],
      params: [],
      library,
      unit,
      node: fn,
      fn: fn.id,
      perItem: false,
    });
  }
  if (whole) madeActions(world, unit, library, out);
}

/** `export const save = client.schema(input).action(async () => …)`: what is exported is a function all the same, and runs what the calls were given. */
function madeActions(world: World, unit: Unit, library: Library, out: Root[]): void {
  const made = new Map<number, Extract<Expression, { kind: "call" }>>();
  for (const s of unit.facts.functions[0]?.body ?? [])
    if (s.kind === "assign" && s.target.kind === "bind" && s.value?.kind === "call") made.set(s.target.binding, s.value);
  for (const one of unit.facts.exports) {
    const call = one.binding === undefined ? (one.value?.kind === "call" ? one.value : undefined) : made.get(one.binding);
    if (call === undefined) continue;
    const value = exportedValue(world, unit, one.name) ?? unknown;
    const known = value.what.filter((origin) => origin.kind === "closure" || origin.kind === "bound");
    const handlers = known.length > 0 ? known : functionsGiven(world, unit, call);
    if (handlers.length > 0)
      out.push({
        name: `action ${one.name}`,
        kind: "action",
        handlers: handlers.map((origin) => valueOf(origin)),
        middlewares: [],
        params: [],
        library,
        unit,
        node: call,
        fn: 0,
        perItem: false,
      });
  }
}

/** Functions that the calls of a chain were given. */
function functionsGiven(world: World, unit: Unit, call: Extract<Expression, { kind: "call" }>): Origin[] {
  const act = moduleActivation(world, unit);
  const out: Origin[] = [];
  for (let e: Expression = call; e.kind === "call" || e.kind === "member"; e = e.kind === "call" ? e.callee : e.object) {
    if (e.kind === "call")
      for (const { value } of e.args)
        out.push(...evaluate(act, value).what.filter((origin) => origin.kind === "closure" || origin.kind === "bound"));
  }
  return out;
}

/** `export const handler: APIGatewayProxyHandler = …` */
function annotatedRoots(world: World, unit: Unit, out: Root[]): void {
  for (const [id, binding] of unit.facts.bindings.entries()) {
    const { type } = binding;
    if (binding.owner !== 0 || type?.kind !== "name" || type.binding < 0) continue;
    const source = unit.facts.bindings[type.binding];
    if (source?.kind !== "import") continue;
    for (const origin of bindingValue(world, unit, type.binding, true).what) {
      const entry = origin.kind === "export" ? origin.spec.entry : undefined;
      if (entry === undefined) continue;
      const handlers = bindingValue(world, unit, id).what.filter((one) => one.kind === "closure");
      if (handlers.length > 0)
        out.push({
          name: entryName(entry.kind, entry.method, binding.name),
          kind: entry.kind,
          handlers: handlers.map((one) => valueOf(one)),
          middlewares: [],
          params: [],
          library: undefined,
          perItem: false,
          ...placeOfValue(handlers[0], unit),
        });
    }
  }
}

void readPlain;
void arrayIn;
void evaluateAt;
