/** Queries that are known by how they are asked: only a model has managers, only a query is filtered by fields. */
import type { ModelsSpec } from "../../model/models.ts";
import type { Library } from "../../model/library.ts";
import { basesOf } from "./classes.ts";
import { namedOf } from "./python.ts";
import { plainState } from "./row-state.ts";
import { allModels, relationsOf } from "./schema.ts";
import type { Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { World } from "./world.ts";

interface Shapes {
  readonly library: Library;
  readonly models: ModelsSpec;
  readonly fields: ReadonlySet<string>;
}

const shapes = new WeakMap<World, Shapes | false>();

function shapesOf(world: World): Shapes | undefined {
  let known = shapes.get(world);
  if (known === undefined) {
    shapes.set(world, false);
    known = build(world) ?? false;
    shapes.set(world, known);
  }
  return known === false ? undefined : known;
}

function build(world: World): Shapes | undefined {
  const all = allModels(world);
  for (const ref of all) {
    const { library } = basesOf(world, ref);
    const models = library?.library.models;
    if (library === undefined || models?.manager === undefined) continue;
    const fields = new Set(["pk", "id"]);
    for (const one of all) {
      for (const member of one.facts.members) if (member.value?.kind === "call") fields.add(member.name);
      for (const name of relationsOf(world, one).keys()) fields.add(name);
    }
    return { library: library.library, models, fields };
  }
  return undefined;
}

/** Where the manager of a class comes from that nobody knows: whatever decides the class decides the table. */
export const anyManager = "manager";

/** `X.objects` of something unknown, in a program that has models. */
export function managerByName(world: World, name: string, deps: Value["deps"]): Value | undefined {
  if (name !== "objects" && !name.startsWith("_")) return undefined;
  const known = shapesOf(world);
  if (known?.models.managers?.includes(name) !== true) return undefined;
  return valueOf({ ...queryOrigin(known), site: anyManager }, deps);
}

/** `x.get(author=…)` of something unknown: every name is a field of some model, and nothing is given by place. */
export function queryByFields(world: World, name: string, args: readonly Value[], receiver: Value): Value | undefined {
  if (args.length > 0 || receiver.what.length > 0) return undefined;
  const named = namedOf(args);
  if (named === undefined || named.size === 0) return undefined;
  const known = shapesOf(world);
  if (known?.models.asks?.includes(name) !== true) return undefined;
  for (const one of named.keys()) if (!isField(known, one)) return undefined;
  return valueOf(queryOrigin(known), receiver.deps);
}

function isField({ fields, models }: Shapes, name: string): boolean {
  const first = name.split(models.separator)[0] ?? name;
  return (
    fields.has(first) || (models.column !== undefined && first.endsWith(models.column) && fields.has(first.slice(0, -models.column.length)))
  );
}

function queryOrigin({ library, models }: Shapes) {
  return { kind: "library" as const, library, type: models.manager ?? "", table: undefined, site: "shape", state: plainState };
}
