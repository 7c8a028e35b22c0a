/** Library values that the program gives members of its own. */
import type { Library } from "../../model/library.ts";
import type { Origin, Value } from "./value.ts";
import { bare, newHeap } from "./value.ts";
import type { World } from "./world.ts";

const defined = new WeakMap<World, Map<Library, Map<string, Value>>>();

/** `app.decorate("db", client)`: the library's values have one more member. */
export function defineMember(world: World, library: Library, name: string, value: Value): void {
  const byLibrary = defined.get(world) ?? new Map<Library, Map<string, Value>>();
  const members = byLibrary.get(library) ?? new Map<string, Value>();
  members.set(name, bare(value));
  byLibrary.set(library, members);
  defined.set(world, byLibrary);
}

export function definedMember(world: World, library: Library, name: string): Value | undefined {
  return defined.get(world)?.get(library)?.get(name);
}

type LibraryOrigin = Extract<Origin, { kind: "library" }>;

const assigned = new WeakMap<World, Map<string, Value>>();

/** A model is the same wherever it was taken from: its table names it. */
function memberKey({ library, type, table }: LibraryOrigin, name: string): string {
  return `${library.id}.${type}.${table ?? ""}.${name}`;
}

/** `User.login = async function (…) { … }` on a model that a call made: the model has that function from here on. */
export function assignMember(world: World, origin: LibraryOrigin, name: string, value: Value): void {
  if (origin.table === undefined || !value.what.some((one) => one.kind === "closure")) return;
  const members = assigned.get(world) ?? new Map<string, Value>();
  const whole: Value = { what: [origin], deps: [], key: undefined };
  members.set(memberKey(origin, name), {
    what: value.what.map((one) => (one.kind === "closure" && one.self === undefined ? { ...one, self: whole } : one)),
    deps: [],
  });
  assigned.set(world, members);
}

export function assignedMember(world: World, origin: LibraryOrigin, name: string): Value | undefined {
  return origin.table === undefined ? undefined : assigned.get(world)?.get(memberKey(origin, name));
}

/** `repository.extend({ findActive() { return this.find(…) } })`: a value that answers with both, and is `this` in what was added. */
export function extended(world: World, value: Value, methods: Value | undefined): Value {
  const added = methods?.what.filter((origin) => origin.kind === "object") ?? [];
  if (added.length === 0) return value;
  const object = newHeap(
    world,
    added.every((origin) => origin.object.persistent),
  );
  const whole: Value = { what: [...value.what, { kind: "object", object }], deps: value.deps, key: value.key };
  for (const origin of added)
    for (const [name, member] of origin.object.props)
      object.props.set(name, { ...member, what: member.what.map((one) => ownedBy(one, whole, origin)) });
  return whole;
}

/** A method that the literal holds has the new value as `this`; a function from elsewhere keeps its own. */
function ownedBy(member: Origin, whole: Value, literal: Extract<Origin, { kind: "object" }>): Origin {
  if (member.kind !== "closure") return member;
  const self = member.self?.what[0];
  return self?.kind === "object" && self.object === literal.object ? { ...member, self: whole } : member;
}
