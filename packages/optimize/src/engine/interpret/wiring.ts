/**
 * Loops that put the program together: `for (const name of ["user", "order"]) models[name] = require(`./${name}`)`, or one over
 * a list of objects with functions. Their elements are written out, and each of them is another thing: such a loop is run once
 * for each element, as if its body were written so often.
 */
import type { ClassId } from "../../model/facts.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import { Environment } from "./environment.ts";
import type { Unit } from "./unit.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { arrayIn } from "./value.ts";
import type { World } from "./world.ts";

/** Longer lists are data. */
const most = 64;

/** The elements of the list when the loop wires the program; `body` runs for each of them. */
export function wiredElements(
  act: Activation,
  list: Value | undefined,
  body: () => readonly Statement[] | undefined,
): readonly Value[] | undefined {
  const elements = list?.what.length === 1 ? arrayIn(list)?.elements : undefined;
  if (elements === undefined || elements.length < 2 || elements.length > most || act.deep || act.unit.facts.language !== "javascript")
    return undefined;
  if (elements.every(isName)) return loadsModules(act.unit, body() ?? []) ? elements : undefined;
  return elements.every(holdsFunctions) ? elements : undefined;
}

/** Runs `round` for one of them, in variables of its own; what it assigns to others holds after it. */
export function inRound<T>(act: Activation, index: number, round: () => T): T {
  const { env, wiring } = act;
  act.env = new Environment(env, act);
  act.wiring = `${wiring}.${String(index)}`;
  const out = round();
  const inner = act.env;
  act.env = env;
  act.wiring = wiring;
  env.adopt(inner);
  return out;
}

/** The functions that are its elements, or callbacks of it. */
export function bodyOf(value: Value | undefined): readonly Statement[] | undefined {
  const origin = value?.what[0];
  return origin?.kind === "closure" ? origin.unit.facts.functions[origin.fn]?.body : undefined;
}

function isName({ what }: Value): boolean {
  return what.length === 1 && what[0]?.kind === "const" && typeof what[0].value === "string";
}

/** An object of the program with something in it that runs. */
function holdsFunctions({ what }: Value): boolean {
  const [origin] = what;
  if (what.length !== 1 || origin?.kind !== "object") return false;
  for (const value of origin.object.props.values()) if (value.what.some(runs)) return true;
  return false;
}

function runs({ kind }: Origin): boolean {
  return kind === "closure" || kind === "class" || kind === "library" || kind === "bound";
}

const known = new WeakMap<readonly Statement[], boolean>();

/** Somewhere in it a module is loaded whose name is put together. */
function loadsModules(unit: Unit, body: readonly Statement[]): boolean {
  let found = known.get(body);
  if (found === undefined) known.set(body, (found = loads(unit, body, 0)));
  return found;
}

function loads(unit: Unit, part: unknown, depth: number): boolean {
  if (typeof part !== "object" || part === null || depth > 24) return false;
  if (Array.isArray(part)) return part.some((one) => loads(unit, one, depth + 1));
  const node = part as { readonly kind?: unknown; readonly specifier?: { readonly kind?: unknown }; readonly function?: unknown };
  if (node.kind === "import" && node.specifier?.kind !== "literal") return true;
  if (node.kind === "function" && typeof node.function === "number")
    return loads(unit, unit.facts.functions[node.function]?.body, depth + 1);
  return Object.values(part).some((one) => loads(unit, one, depth + 1));
}

const rounds = new WeakMap<Unit, Map<string, ClassRef>>();

/** A class that a round of such a loop makes, which others make too. */
export function madeInRound(unit: Unit, id: ClassId, env: Environment, wiring: string): ClassRef {
  let made = rounds.get(unit);
  if (made === undefined) rounds.set(unit, (made = new Map()));
  const key = `${String(id)}${wiring}`;
  let ref = made.get(key);
  if (ref === undefined) {
    made.set(key, (ref = { unit, facts: unit.facts.classes[id] as ClassRef["facts"], env }));
    tables.set(ref, undefined);
  }
  return ref;
}

const tables = new WeakMap<ClassRef, string | undefined>();
const named = new WeakMap<World, Map<string, ClassRef>>();

/** `model.init(columns, { modelName })`: what tells a class that a round made from the others. */
export function nameMade(world: World, value: Value, table: string): void {
  for (const origin of value.what) {
    if (origin.kind !== "class" || !tables.has(origin.ref)) continue;
    tables.set(origin.ref, table);
    let known = named.get(world);
    if (known === undefined) named.set(world, (known = new Map()));
    known.set(table, origin.ref);
  }
}

/** The class that a round made and that was given this name. */
export function madeByName(world: World, table: string): ClassRef | undefined {
  return named.get(world)?.get(table);
}

export function nameOfMade(ref: ClassRef): string | undefined {
  return tables.get(ref);
}
