/** Which table a relation leads to: a class, its name, or the name of what the settings choose. */
import { basesOf, tableOfClass } from "./classes.ts";
import type { Library, ResultSpec } from "../../model/library.ts";
import { at } from "./drafts.ts";
import type { Asked } from "./drafts.ts";
import type { Target } from "./schema.ts";
import { allModels } from "./schema.ts";
import type { ClassRef, Value } from "./value.ts";
import { constantOf, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

/** `class Meta: abstract = True` inside the class. */
export function isAbstract(ref: ClassRef, flag = "abstract"): boolean {
  for (const member of ref.facts.members) {
    if (member.name !== "Meta" || member.value?.kind !== "class") continue;
    const meta = ref.unit.facts.classes[member.value.class];
    return meta?.members.some((one) => one.name === flag && one.value?.kind === "literal" && one.value.value === true) === true;
  }
  return false;
}

/** The model that a value names, seen from the class that speaks of it. */
export function namedModel(
  world: World,
  models: readonly ClassRef[],
  from: ClassRef | undefined,
  value: Value | undefined,
): Target | undefined {
  for (const origin of value?.what ?? []) {
    if (origin.kind === "class") return { ref: origin.ref, table: tableOfClass(world, origin.ref) };
    if (origin.kind === "const" && typeof origin.value === "string") return byName(models, from, origin.value);
    if (origin.kind === "export") return { ref: undefined, table: origin.name };
    if (origin.kind === "library" && origin.library.types[origin.type]?.names === "user") return userModel(world, models);
    if (origin.kind === "library" && origin.model !== undefined) return { ref: origin.model, table: tableOfClass(world, origin.model) };
  }
  return undefined;
}

/** `"Author"`, `"library.Author"`, `"self"`. */
export function byName(models: readonly ClassRef[], from: ClassRef | undefined, text: string): Target | undefined {
  if (text === "self") return from === undefined ? undefined : { ref: from, table: from.facts.name };
  const name = text.slice(text.lastIndexOf(".") + 1);
  const app = text.includes(".") ? text.slice(0, text.indexOf(".")) : undefined;
  const named = models.filter((ref) => ref.facts.name === name);
  const found =
    (app === undefined
      ? (named.find((ref) => ref.unit === from?.unit) ?? nearest(named, from))
      : (named.find((ref) => ref.unit.facts.file.split("/").includes(app)) ??
        named.find((ref) => ref.unit.facts.file.split("/").some((part) => part.endsWith(app) || app.endsWith(part))))) ??
    (named.length === 1 ? named[0] : undefined);
  return found === undefined ? (name === "" ? undefined : { ref: undefined, table: name }) : { ref: found, table: found.facts.name };
}

/** Of several, the one in the same folder. */
function nearest(named: readonly ClassRef[], from: ClassRef | undefined): ClassRef | undefined {
  const folder = from?.unit.facts.file.split("/").slice(0, -1).join("/");
  return named.find((ref) => folder !== undefined && ref.unit.facts.file.startsWith(`${folder}/`));
}

/** The class that the project's accounts are rows of: the one that extends the library's own kind, when there is one only. */
export function userModel(world: World, models: readonly ClassRef[]): Target {
  const users = models.filter((ref) => !isAbstract(ref) && basesOf(world, ref).library?.account === true);
  const real = users.filter((ref) => !/(^|\/)tests?(\/|_)/.test(ref.unit.facts.file));
  const only = real.length === 1 ? real[0] : users.length === 1 ? users[0] : undefined;
  return { ref: only, table: only?.facts.name ?? "User" };
}

/** The class that a call chooses by name: `get_user_model()`, `apps.get_model("library", "Author")`. */
export function chosenModel(
  world: World,
  library: Library,
  asked: Pick<Asked, "args" | "receiver">,
  spec: Extract<ResultSpec, { readonly model: unknown }>,
): Value {
  const models = allModels(world);
  let target: Target | undefined;
  if (spec.model === "user") target = userModel(world, models);
  else {
    const texts = [at(asked, spec.model), at(asked, spec.name)].flatMap((value) => constantOf(value ?? unknown)?.value ?? []);
    if (texts.some((text) => typeof text !== "string")) return unknown;
    if (texts.length > 0) target = byName(models, undefined, texts.join("."));
  }
  if (target === undefined) return unknown;
  if (target.ref !== undefined) return valueOf({ kind: "class", ref: target.ref });
  const type = library.models?.statics;
  return type === undefined || spec.model !== "user"
    ? unknown
    : valueOf({ kind: "library", library, type, table: target.table, site: "model" });
}
