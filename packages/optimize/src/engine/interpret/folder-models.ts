/**
 * Models that the program finds by their folder and keeps under its name: `app.models.users` where `models/users.js` gives a class of a data
 * layer. What loads them (a list of the folder, a package for it) is not seen; the two names and the class say it.
 */
import { basesOf } from "./classes.ts";
import { exportedValue, unitValue, usesCommonjs } from "./modules.ts";
import type { Unit } from "./unit.ts";
import type { Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { World } from "./world.ts";

type Index = ReadonlyMap<string, readonly Unit[]>;

const known = new WeakMap<World, Index>();

/** Files by folder and name ("models/users"). */
function indexOf(world: World): Index {
  let index = known.get(world);
  if (index === undefined) {
    const made = new Map<string, Unit[]>();
    for (const unit of world.units) {
      if (unit.facts.language === "python" || unit.facts.classes.length === 0) continue;
      const [, key] = /(?:^|\/)([^/]+\/[^/.]+)\.[cm]?[jt]s$/u.exec(unit.facts.file) ?? [];
      if (key === undefined) continue;
      const list = made.get(key);
      if (list === undefined) made.set(key, [unit]);
      else list.push(unit);
    }
    known.set(world, (index = made));
  }
  return index;
}

/** The model that the file of that name in a folder of that name gives; undefined when there is none, or are several. */
export function modelInFolder(world: World, from: Unit, folder: string, name: string): Value | undefined {
  const files = indexOf(world).get(`${folder}/${name}`) ?? [];
  const [unit, ...others] = files.length === 1 ? files : files.filter((one) => one.packageDir === from.packageDir);
  return unit === undefined || others.length > 0 || unit === from ? undefined : modelOfFile(world, unit);
}

/** The one class of a data layer among what the file exports. */
function modelOfFile(world: World, unit: Unit): Value | undefined {
  const whole = usesCommonjs(unit) ? unitValue(world, unit, true) : exportedValue(world, unit, "default");
  for (const origin of whole?.what ?? [])
    if (origin.kind === "class" && basesOf(world, origin.ref).library?.statics !== undefined) return valueOf(origin);
  return undefined;
}
