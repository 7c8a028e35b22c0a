/** Roots that a file declares by its place, a directive or an annotation. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FileConvention, Library } from "../../model/library.ts";
import { entriesOf } from "./entries.ts";
import { evaluate } from "./expressions.ts";
import { bindingValue, exportedValue, moduleActivation, settled, unitValue, usesCommonjs } from "./modules.ts";
import { entryName, joinPaths } from "./naming.ts";
import type { Root } from "./root.ts";
import type { Unit } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import { constantOf, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

/** Files that the framework calls by their place. */
export function fileRoots(world: World, unit: Unit, out: Root[]): void {
  for (const convention of world.conventionsOf(unit)) {
    if (convention.spec.directive !== undefined) {
      directiveRoots(world, unit, convention.spec.directive, convention.library, out);
      continue;
    }
    const route = convention.spec.route(convention.path);
    if (route === undefined || convention.spec.atBuild?.((name) => exportedAs(world, unit, name)) === true) continue;
    if (usesCommonjs(unit)) commonjsRoots(world, unit, convention.spec, route, out);
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
          ...(convention.spec.together?.includes(one.name) === true ? { together: true as const } : {}),
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

/** `module.exports = async (req, res) => …`, or an object of such. */
function commonjsRoots(world: World, unit: Unit, { exports }: FileConvention, route: string, out: Root[]): void {
  const whole = settled(unitValue(world, unit, true));
  const named: readonly [string, Value][] = [["default", whole], ...entriesOf(world, whole)];
  for (const [name, value] of named) {
    const spec = exports[name] ?? exports["*"];
    const handlers = value.what.filter((origin) => origin.kind === "closure" || origin.kind === "bound");
    if (spec === undefined || handlers.length === 0) continue;
    const path = exports[name] === undefined ? joinPaths(route, name) : route;
    out.push({
      name: spec.kind === "route" ? entryName("route", spec.method ?? "ALL", path) : `${spec.kind} ${path}`,
      kind: spec.kind,
      handlers: handlers.map((origin) => valueOf(origin)),
      middlewares: [],
      params: [],
      library: undefined,
      perItem: false,
      ...placeOfValue(handlers[0], unit),
    });
  }
}

/** The constant that the file exports by this name, or true for something else. */
function exportedAs(world: World, unit: Unit, name: string): unknown {
  if (!unit.facts.exports.some((one) => one.name === name)) return undefined;
  const constant = constantOf(exportedValue(world, unit, name) ?? unknown);
  return constant === undefined ? true : constant.value;
}

export function placeOfValue(origin: Origin | undefined, unit: Unit): { node: { at: number; end: number }; fn: number; unit: Unit } {
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
export function annotatedRoots(world: World, unit: Unit, out: Root[]): void {
  for (const [id, type] of annotated(unit)) {
    for (const origin of bindingValue(world, unit, type, true).what) {
      const entry = origin.kind === "export" ? origin.spec.entry : undefined;
      if (entry === undefined) continue;
      const handlers = bindingValue(world, unit, id).what.filter((one) => one.kind === "closure");
      if (handlers.length > 0)
        out.push({
          name: entryName(entry.kind, entry.method, unit.facts.bindings[id]?.name ?? ""),
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

const annotations = new WeakMap<Unit, readonly (readonly [number, number])[]>();

/** Variables of the module whose type is imported, with the binding of the type. */
function annotated(unit: Unit): readonly (readonly [number, number])[] {
  let found = annotations.get(unit);
  if (found === undefined) {
    const { bindings } = unit.facts;
    const out: [number, number][] = [];
    for (const [id, { owner, type }] of bindings.entries())
      if (owner === 0 && type?.kind === "name" && type.binding >= 0 && bindings[type.binding]?.kind === "import")
        out.push([id, type.binding]);
    annotations.set(unit, (found = out));
  }
  return found;
}
