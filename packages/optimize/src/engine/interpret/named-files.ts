/** What a framework makes known everywhere by the names of files: models, services, and trees of functions below one name. */
import type { Library } from "../../model/library.ts";
import { writeObject } from "./member-writes.ts";
import { join } from "./joins.ts";
import { functionProps } from "./members.ts";
import type { Activation } from "./activation.ts";
import { settled, unitValue } from "./modules.ts";
import type { Unit } from "./unit.ts";
import type { HeapObject, Origin, Value } from "./value.ts";
import { newHeap, valueOf } from "./value.ts";
import type { World } from "./world.ts";

type Named = NonNullable<Library["named"]>;

/** The value of a name that no declaration explains. */
export function namedByFile(act: Activation, name: string): Value | undefined {
  const { world, unit } = act;
  if (unit.facts.language === "python") return undefined;
  for (const { library } of world.conventionsOf(unit)) {
    const { named } = library;
    if (named === undefined) continue;
    const type = named.values[name];
    if (type !== undefined) {
      const whole = valueOf({ kind: "library", library, type, table: undefined, site: `named:${name}` });
      return join(whole, valueOf({ kind: "object", object: treesOf(act, library, named, name) }));
    }
    for (const [folder, model] of Object.entries(named.folders)) {
      const file = fileOf(world, unit, `${folder}/${name}`);
      if (file !== undefined) return valueOfFile(world, library, file, model, name);
    }
  }
  return undefined;
}

function fileOf(world: World, { packageDir }: Unit, path: string): Unit | undefined {
  const bare = packageDir === "" ? path : `${packageDir}/${path}`;
  return world.unitOf.get(`${bare}.js`) ?? world.unitOf.get(`${bare}.ts`);
}

/** A model answers as the library's, and with what its file adds. */
function valueOfFile(world: World, library: Library, file: Unit, type: string, table: string): Value {
  const own = settled(unitValue(world, file, true));
  return type === "" ? own : join(valueOf({ kind: "library", library, type, table, site: `named:${table}` }), own);
}

interface Trees {
  readonly object: HeapObject;
  whole: boolean;
}

const known = new WeakMap<World, Map<string, Trees>>();

/** `sails.helpers.orders.close(…)`: each file of the folder, by its own name and those of the folders around it. */
function treesOf(act: Activation, library: Library, named: Named, name: string): HeapObject {
  const { world, unit } = act;
  let all = known.get(world);
  if (all === undefined) known.set(world, (all = new Map()));
  const key = `${unit.packageDir}|${name}`;
  let trees = all.get(key);
  if (trees?.whole === true) return trees.object;
  if (trees === undefined) all.set(key, (trees = { object: newHeap(world, true), whole: false }));
  // Modules that are loaded by this may ask for the same.
  trees.whole = true;
  for (const [branch, folder] of Object.entries(named.trees[name] ?? {})) {
    const start = `${unit.packageDir === "" ? "" : `${unit.packageDir}/`}${folder}/`;
    const top = newHeap(world, true);
    writeObject(trees.object, branch, valueOf({ kind: "object", object: top }), true);
    for (const file of world.units) {
      if (!file.facts.file.startsWith(start)) continue;
      const words = file.facts.file
        .slice(start.length)
        .replace(/\.[jt]s$/u, "")
        .split("/")
        .map(camel);
      const model = named.folders[folder];
      const value = model === undefined ? leafOf(act, file, named.leaf) : valueOfFile(world, library, file, model, words.at(-1) ?? "");
      if (value === undefined) trees.whole = false;
      else put(world, top, model === undefined ? words : [(words.at(-1) ?? "").toLowerCase()], value);
    }
  }
  return trees.object;
}

function put(world: World, top: HeapObject, words: readonly string[], value: Value): void {
  let at = top;
  for (const word of words.slice(0, -1)) {
    const next = at.props.get(word)?.what.find((origin) => origin.kind === "object");
    const below = next?.kind === "object" ? next.object : newHeap(world, true);
    if (next === undefined) writeObject(at, word, valueOf({ kind: "object", object: below }), true);
    at = below;
  }
  writeObject(at, words.at(-1) ?? "", value, true);
}

/** The function of the file, which is also called by `with`. */
function leafOf(act: Activation, file: Unit, leaf: string): Value | undefined {
  const whole = settled(unitValue(act.world, file, true));
  for (const origin of whole.what) {
    const fn = origin.kind === "object" ? origin.object.props.get(leaf) : undefined;
    const closure = fn?.what.find((one): one is Extract<Origin, { kind: "closure" }> => one.kind === "closure");
    if (closure === undefined) continue;
    const value = valueOf(closure);
    const props = functionProps(act, closure, true);
    if (props !== undefined) writeObject(props, "with", value, true);
    return value;
  }
  return undefined;
}

function camel(word: string): string {
  return word.replace(/[-_.]+(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
