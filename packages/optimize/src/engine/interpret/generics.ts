/** Generic types: what is written for a parameter stands in its place (`type Proxy<T> = () => T`, `Proxy<typeof Account>`). */
import type { TypeRef } from "../../model/facts.ts";
import type { Unit } from "./unit.ts";

type Args = readonly TypeRef[];

/** Where an argument was written: its names are names of that module. */
const homes = new WeakMap<TypeRef, Unit>();
/** The declared type of one with arguments put in. */
const declared = new WeakMap<TypeRef, TypeRef>();
/** By the declared type and the arguments as they are written: equal types are one object. */
const made = new WeakMap<TypeRef, Map<string, TypeRef>>();

/** The module whose names the type speaks of. */
export function homeOf(unit: Unit, type: TypeRef): Unit {
  return homes.get(type) ?? unit;
}

/** The type as it was declared, without arguments. */
export function declaredType(type: TypeRef): TypeRef {
  return declared.get(type) ?? type;
}

/** The type that `of` declares, with the arguments in the places of its parameters; `at` is the module that wrote the arguments. */
export function withArguments(of: Unit, type: TypeRef, args: Args, at: Unit): TypeRef {
  if (args.length === 0) return type;
  const names = of.facts.types.find((one) => one.type === type)?.parameters ?? [];
  if (names.length === 0) return type;
  let known = made.get(type);
  if (known === undefined) made.set(type, (known = new Map()));
  for (const arg of args) if (!homes.has(arg)) homes.set(arg, at);
  const key = JSON.stringify(args, withHome);
  let out = known.get(key);
  if (out === undefined) {
    out = put(type, names, args);
    if (out !== type) declared.set(out, type);
    known.set(key, out);
  }
  return out;
}

function withHome(_name: string, part: unknown): unknown {
  const home = typeof part === "object" && part !== null ? homes.get(part as TypeRef) : undefined;
  return home === undefined ? part : { ...(part as object), home: home.index };
}

function put(type: TypeRef, names: readonly string[], args: Args): TypeRef {
  const inside = (part: TypeRef): TypeRef => put(part, names, args);
  switch (type.kind) {
    case "name": {
      const given = type.binding < 0 && type.path.length === 1 && type.args.length === 0 ? names.indexOf(type.path[0] ?? "") : -1;
      if (given >= 0) return args[given] ?? type;
      return type.args.length === 0 ? type : { ...type, args: type.args.map(inside) };
    }
    case "array":
      return { ...type, of: inside(type.of) };
    case "member":
      return { ...type, of: inside(type.of) };
    case "tuple":
    case "union":
    case "intersection":
      return { ...type, of: type.of.map(inside) };
    case "object":
      return { ...type, members: type.members.map((member) => ({ ...member, type: inside(member.type) })) };
    case "function":
      return { ...type, params: type.params.map(inside), returns: inside(type.returns) };
    default:
      return type;
  }
}
