/** Templates: putting one out is calling its function with the context; tags and filters of the project are its own functions. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Where } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { callFunctions, callValue, callable } from "./call-targets.ts";
import type { Asked } from "./drafts.ts";
import { at } from "./drafts.ts";
import { evaluate } from "./expressions.ts";
import { callClosure } from "./functions.ts";
import { join } from "./joins.ts";
import { readMember } from "./members.ts";
import { namedOf } from "./python.ts";
import type { Unit } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import { constantOf, newHeap, undefinedValue, unknown, unknownFrom, valueOf, withDeps } from "./value.ts";
import type { World } from "./world.ts";

/** What `name` is in a template when the template does not bind it. */
export function templateGlobal(name: string): Value | undefined {
  if (name === "templatetags") return valueOf({ kind: "builtin", name });
  return name === "" ? unknown : undefined;
}

/** Puts out a template: the first of the names that the project has. Unknown names put out nothing that can be seen. */
export function renderTemplate(act: Activation, names: Value, context: Value, e: Expression): Value {
  for (const name of namesIn(names)) {
    const unit = act.world.templateAt(name, act.unit.facts.file);
    if (unit === undefined) continue;
    const { through } = act;
    act.through ??= "template";
    callClosure(act, { kind: "closure", unit, fn: 1, env: unit.env, self: undefined }, [context, undefinedValue], e);
    act.through = through;
    return unknown;
  }
  return unknown;
}

function namesIn(value: Value): string[] {
  return value.what.flatMap((origin) => {
    if (origin.kind === "const" && typeof origin.value === "string") return [origin.value];
    return origin.kind === "array" ? (origin.elements ?? [origin.element]).flatMap(namesIn) : [];
  });
}

/** `render(request, "list.html", { … })`, and `render_template("list.html", orders=orders)`. */
export function renderCall(act: Activation, asked: Asked, spec: NonNullable<MethodSpec["renders"]>): void {
  const template = valuesAt(asked, spec.template).find((value) => namesIn(value).length > 0);
  if (template === undefined) return;
  const context =
    spec.context === "keywords"
      ? keywords(act, asked)
      : valuesAt(asked, spec.context).find((value) => value.what.some(({ kind }) => kind === "object"));
  renderTemplate(act, template, context ?? empty(act), asked.e);
}

function valuesAt(asked: Asked, places: Where | readonly Where[]): Value[] {
  return ("arg" in places ? [places] : places).flatMap((where) => at(asked, where) ?? []);
}

/** The named arguments, over what the program gives to every template. */
function keywords(act: Activation, { args, e }: Asked): Value {
  const object = newHeap(act.world, false);
  object.literal = true;
  let out = valueOf({ kind: "object", object });
  for (const [key, { kind, value }] of registryOf(act.world)) {
    if (kind === "global") object.props.set(key.slice(key.indexOf(":") + 1), value);
    if (kind !== "context") continue;
    for (const given of callFunctions(act, value, [], e)?.what ?? [])
      if (given.kind === "object") for (const [name, one] of given.object.props) object.props.set(name, one);
  }
  for (const [name, value] of namedOf(args) ?? []) {
    object.props.set(name, value);
    out = withDeps(out, value.deps);
  }
  return out;
}

function empty(act: Activation): Value {
  return valueOf({ kind: "object", object: newHeap(act.world, false) });
}

/** `{{ order.total }}`: what can be called without arguments is called, anything else is what it is. */
export function evaluateAuto(act: Activation, e: CallExpression): Value {
  const { callee } = e;
  const receiver = callee.kind === "member" ? evaluate(act, callee.object) : undefined;
  const value =
    callee.kind === "member" && receiver !== undefined
      ? readMember(act, receiver, callee, callee.computed === undefined ? undefined : evaluate(act, callee.computed))
      : evaluate(act, callee);
  const functions = value.what.filter(isFunction);
  if (functions.length === 0) return value;
  const called = callValue(act, { what: functions, deps: value.deps, key: value.key }, [], e, receiver);
  const others = value.what.filter((origin) => !isFunction(origin));
  return others.length === 0 ? called : join(called, { what: others, deps: value.deps, key: undefined });
}

/** Classes and library objects that could be called are values in a template. */
function isFunction(origin: Origin): boolean {
  return callable(origin) && !["class", "builtin", "export", "library", "commonjs", "typed"].includes(origin.kind);
}

interface Registered {
  readonly kind: NonNullable<MethodSpec["tags"]>["kind"];
  readonly value: Value;
  readonly template: Value | undefined;
  readonly takesContext: boolean;
}

const registries = new WeakMap<World, Map<string, Registered>>();

function registryOf(world: World): Map<string, Registered> {
  let registry = registries.get(world);
  if (registry === undefined) registries.set(world, (registry = new Map()));
  return registry;
}

/** `@register.simple_tag(takes_context=True)`: the function is known by its name, or by the one that is given. */
export function registerTag(act: Activation, asked: Asked, spec: NonNullable<MethodSpec["tags"]>): void {
  const given = asked.args.find((arg) => arg.what.some((origin) => origin.kind === "closure"));
  const value = given ?? act.decorated;
  const closure = value?.what.find((origin) => origin.kind === "closure");
  if (value === undefined || closure === undefined) return;
  const said = constantOf(at(asked, spec.name) ?? unknown)?.value;
  const fn = closure.unit.facts.functions[closure.fn];
  const name = typeof said === "string" ? said : (fn?.name ?? "");
  const kind = spec.kind === "inclusion" ? "tag" : spec.kind;
  registryOf(act.world).set(`${libraryName(act.unit)}|${kind}:${name}`, {
    kind: spec.kind,
    value,
    template: at(asked, spec.template),
    takesContext: constantOf(at(asked, spec.takesContext) ?? unknown)?.value === true,
  });
}

/** `shop/templatetags/prices.py` is loaded as `prices`. */
function libraryName(unit: Unit): string {
  return /([^/]+)\.py$/.exec(unit.facts.file)?.[1] ?? "";
}

/** `{% price order %}`, `{{ order|price }}`: of the libraries that the template loads, else of the only one that has the name. */
export function callTag(act: Activation, name: string, args: readonly Value[], e: Expression): Value {
  const found = tagNamed(act, name);
  if (found === undefined) return unknownFrom(args.reduce((all, arg) => withDeps(all, arg.deps), unknown).deps);
  const isFilter = name.startsWith("filter:");
  const given = isFilter || found.takesContext ? args : Object.assign(args.slice(1), { named: namedOf(args) });
  const result = callFunctions(act, found.value, given, e) ?? unknown;
  if (found.kind === "inclusion" && found.template !== undefined) renderTemplate(act, found.template, result, e);
  return result;
}

function tagNamed(act: Activation, name: string): Registered | undefined {
  const registry = registryOf(act.world);
  for (const loaded of act.unit.facts.directives) {
    const found = registry.get(`${loaded}|${name}`);
    if (found !== undefined) return found;
  }
  // Libraries may be builtin by the settings.
  const all = [...registry].filter(([key]) => key.endsWith(`|${name}`));
  return all.length === 1 ? all[0]?.[1] : undefined;
}
