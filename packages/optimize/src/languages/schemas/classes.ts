/** Classes of the project and what they extend, by imports alone. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { ClassFacts, Facts, Member } from "../../model/facts.ts";
import type { SchemaSources } from "./schema-text.ts";

export interface ClassAt {
  readonly facts: Facts;
  readonly class: ClassFacts;
}

/** What a name means: a class of the project, or what a package exports under a name. */
export type Meaning =
  | { readonly kind: "class"; readonly at: ClassAt }
  | { readonly kind: "package"; readonly package: string; readonly name: string }
  | { readonly kind: "value"; readonly facts: Facts; readonly value: Expression };

const furthest = 8;

/** Follows a name, or the members of a module, to where it is declared. */
export function meaningOf(sources: SchemaSources, facts: Facts, e: Expression | undefined, depth = 0): Meaning | undefined {
  if (e === undefined || depth > furthest) return undefined;
  if (e.kind === "cast") return meaningOf(sources, facts, e.value, depth);
  if (e.kind === "class") {
    const own = facts.classes[e.class];
    return own === undefined ? undefined : { kind: "class", at: { facts, class: own } };
  }
  if (e.kind === "function") {
    // `() => User`
    const last = facts.functions[e.function]?.body.at(-1);
    return last?.kind === "return" ? meaningOf(sources, facts, last.value, depth + 1) : undefined;
  }
  if (e.kind === "name") return ofBinding(sources, facts, e.binding, depth);
  if (e.kind === "member" && e.computed === undefined) {
    const object = meaningOf(sources, facts, e.object, depth + 1);
    if (object?.kind !== "package") return undefined;
    // `from . import models`, then `models.Page`: a module, and no name that it exports.
    const module =
      object.name === ""
        ? undefined
        : sources.resolve(facts.file, `${object.package}${object.package.endsWith(".") ? "" : "."}${object.name}`);
    if (module !== undefined && facts.language === "python") return exported(sources, module, e.name, depth + 1);
    const inside = object.name === "" || object.name === "*" || object.name === "default" ? e.name : `${object.name}.${e.name}`;
    const file = sources.resolve(facts.file, object.package);
    return file === undefined ? { kind: "package", package: object.package, name: inside } : exported(sources, file, e.name, depth + 1);
  }
  if (e.kind === "call") return meaningOf(sources, facts, e.callee, depth + 1);
  return undefined;
}

function ofBinding(sources: SchemaSources, facts: Facts, id: number, depth: number): Meaning | undefined {
  const binding = facts.bindings[id];
  if (binding === undefined) return undefined;
  if (binding.kind === "class" && binding.definition !== undefined) {
    const own = facts.classes[binding.definition];
    return own === undefined ? undefined : { kind: "class", at: { facts, class: own } };
  }
  if (binding.from !== undefined) {
    const { specifier, name } = binding.from;
    const file = sources.resolve(facts.file, specifier);
    if (file === undefined || name === "*" || name === "") return { kind: "package", package: specifier, name: name === "*" ? "" : name };
    return exported(sources, file, name, depth + 1) ?? { kind: "package", package: specifier, name };
  }
  const value = topValue(facts, id);
  if (value === undefined) return undefined;
  return value.kind === "class" || value.kind === "name" ? meaningOf(sources, facts, value, depth + 1) : { kind: "value", facts, value };
}

function exported(sources: SchemaSources, file: string, name: string, depth: number): Meaning | undefined {
  const facts = sources.facts.get(file);
  if (facts === undefined || depth > furthest) return undefined;
  const named = facts.exports.find((one) => one.name === name);
  if (named?.from !== undefined) {
    const target = sources.resolve(file, named.from.specifier);
    return target === undefined ? undefined : exported(sources, target, named.from.name, depth + 1);
  }
  if (named?.binding !== undefined) return ofBinding(sources, facts, named.binding, depth + 1);
  if (named?.value !== undefined) return meaningOf(sources, facts, named.value, depth + 1);
  const own = facts.bindings.findIndex((binding) => binding.name === name && binding.owner === 0);
  if (own >= 0 && facts.language === "python") return ofBinding(sources, facts, own, depth + 1);
  for (const star of facts.exports) {
    if (star.name !== "*" || star.from === undefined) continue;
    const target = sources.resolve(file, star.from.specifier);
    const found = target === undefined ? undefined : exported(sources, target, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a name of the module is given at its top, once. */
export function topValue(facts: Facts, id: number): Expression | undefined {
  let found: Expression | undefined;
  for (const s of facts.functions[0]?.body ?? [])
    if (s.kind === "assign" && s.target.kind === "bind" && s.target.binding === id && s.value !== undefined) {
      if (found !== undefined) return undefined;
      found = s.value;
    }
  return found;
}

export interface Ancestry {
  /** The class itself, then its bases, nearest first. */
  readonly classes: readonly ClassAt[];
  /** What packages bring. */
  readonly packages: readonly { readonly package: string; readonly name: string }[];
}

const known = new WeakMap<ClassFacts, Ancestry>();

export function ancestryOf(sources: SchemaSources, at: ClassAt): Ancestry {
  const before = known.get(at.class);
  if (before !== undefined) return before;
  known.set(at.class, { classes: [at], packages: [] });
  const classes: ClassAt[] = [at];
  const packages: { package: string; name: string }[] = [];
  for (const base of at.class.bases) {
    const meaning = meaningOf(sources, at.facts, base);
    if (meaning?.kind === "package") packages.push({ package: meaning.package, name: meaning.name });
    else if (meaning?.kind === "class") {
      const above = ancestryOf(sources, meaning.at);
      for (const one of above.classes) if (!classes.some((other) => other.class === one.class)) classes.push(one);
      packages.push(...above.packages);
    }
  }
  const ancestry = { classes, packages };
  known.set(at.class, ancestry);
  return ancestry;
}

export interface MemberAt {
  readonly at: ClassAt;
  readonly member: Member;
}

/** Fields of the class and of what it extends; the nearest of one name wins, those of bases come first. */
export function fieldsOf(classes: readonly ClassAt[]): readonly MemberAt[] {
  const fields = new Map<string, MemberAt>();
  for (const at of [...classes].reverse())
    for (const member of at.class.members)
      if (!member.static || at.facts.language === "python") {
        fields.delete(member.name);
        fields.set(member.name, { at, member });
      }
  return [...fields.values()];
}

/** Decorators by the name that their package exports; those of other packages are left out. */
export function decoratorsOf(
  facts: Facts,
  decorators: readonly Expression[],
  isFrom: (specifier: string) => boolean,
): ReadonlyMap<string, CallExpression | undefined> {
  const found = new Map<string, CallExpression | undefined>();
  for (const decorator of decorators) {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    const binding = callee.kind === "name" ? facts.bindings[callee.binding] : undefined;
    if (binding?.from !== undefined && isFrom(binding.from.specifier))
      found.set(binding.from.name, decorator.kind === "call" ? decorator : undefined);
  }
  return found;
}
