/** Roots that are methods of classes, by decorator, base class or type. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { EntrySpec, Library } from "../../model/library.ts";
import type { AppliedDecorator } from "./classes.ts";
import { beforeRoute } from "./applied-middlewares.ts";
import { basesOf, decoratorsOf, evaluateAt } from "./classes.ts";
import { bindingValue } from "./modules.ts";
import { entryName, joinPaths } from "./naming.ts";
import { textOf } from "./registrations.ts";
import type { Root } from "./root.ts";
import { functionInfo } from "./unit.ts";
import type { ClassRef, Value } from "./value.ts";
import { unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

/** What the decorators of a method are: those of a base are asked for by each class below it. */
export type AppliedDecorators = Map<readonly Expression[], readonly AppliedDecorator[]>;

function membersDecorators(
  world: World,
  ref: ClassRef,
  decorators: readonly Expression[],
  applied: AppliedDecorators,
): readonly AppliedDecorator[] {
  let found = applied.get(decorators);
  if (found === undefined) applied.set(decorators, (found = decoratorsOf(world, ref, decorators)));
  return found;
}

/** Decorated classes: controllers, resolvers, processors; and classes that a framework calls because of their base. */
export function classRoots(world: World, ref: ClassRef, out: Root[], applied: AppliedDecorators): void {
  const { facts, unit } = ref;
  if (
    facts.decorators.length === 0 &&
    facts.bases.length === 0 &&
    facts.implements.length === 0 &&
    facts.members.every((member) => member.decorators.length === 0)
  )
    return;
  const own = decoratorsOf(world, ref, facts.decorators);
  const prefixes = own.flatMap((decorator) => (decorator.spec.path === undefined ? [] : [pathOf(decorator)]));
  const prefix = prefixes[0] ?? declaredPrefix(world, ref);
  for (const base of basesOf(world, ref).project) {
    for (const member of base.facts.members) {
      if (member.static || member.decorators.length === 0 || (member.function === undefined && member.value?.kind !== "function")) continue;
      const fn = member.function ?? (member.value?.kind === "function" ? member.value.function : 0);
      for (const decorator of membersDecorators(world, base, member.decorators, applied)) {
        const { entry } = decorator.spec;
        if (entry === undefined || decorator.spec.on !== "method") continue;
        const root = classRoot(ref, base, fn, member, entry, decorator, prefix);
        const around = [...own, ...decoratorsOf(world, base, member.decorators)];
        out.push(entry.kind === "route" ? { ...root, middlewares: beforeRoute(world, ref, root.name, around) } : root);
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

/** `path = "/orders"` in the body of a controller. */
function declaredPrefix(world: World, ref: ClassRef): string | undefined {
  const { library, project } = basesOf(world, ref);
  const name = library?.library.types[library.instance]?.prefix;
  if (name === undefined) return undefined;
  for (const base of project) {
    const value = base.facts.members.find((member) => member.name === name)?.value;
    if (value !== undefined) return textOf(evaluateAt(world, base, value));
  }
  return undefined;
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

/** Types of GraphQL that stand for the whole request. */
const rootTypes = new Set(["Query", "Mutation", "Subscription"]);

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
      ? // The class is hung below a path where it is registered: its name says more than no path.
        decorator === undefined && (prefix === undefined || prefix === "")
        ? `${entry.method ?? "GET"} ${ref.facts.name}`
        : entryName("route", entry.method, joinPaths(prefix, own))
      : entry.named === "file"
        ? `${kind} ${/([^/]*)\.\w+$/.exec(ref.unit.facts.file)?.[1] ?? ref.facts.name}`
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
    perItem: (decorator?.spec.perItem === true || entry.eachParent === true) && !rootTypes.has(ref.facts.name),
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
    if (name.endsWith("*")) {
      entriesByPrefix(world, ref, name.slice(0, -1), entry, out);
      continue;
    }
    for (const base of basesOf(world, ref).project) {
      const member = base.facts.members.find((one) => one.name === name && !one.static && one.function !== undefined);
      if (member?.function === undefined) continue;
      out.push(classRoot(ref, base, member.function, member, entry, undefined, prefix));
      break;
    }
  }
}

/** `resolve_author`: the rest of the name is what it answers for. A class that others mix in is entered as theirs. */
function entriesByPrefix(world: World, ref: ClassRef, start: string, entry: EntrySpec, out: Root[]): void {
  if ((world.subclasses.get(ref)?.length ?? 0) > 0) return;
  const seen = new Set<string>();
  for (const base of basesOf(world, ref).project)
    for (const member of base.facts.members) {
      if (!member.name.startsWith(start) || member.name.length === start.length || member.function === undefined || seen.has(member.name))
        continue;
      seen.add(member.name);
      out.push(classRoot(ref, base, member.function, { ...member, name: member.name.slice(start.length) }, entry, undefined, undefined));
    }
}
