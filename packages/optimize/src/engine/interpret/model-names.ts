/** What is called after a model when nobody says how: the variable of its rows, and the file of the template that shows them. */
import type { MethodSpec } from "../../model/library.ts";
import type { Asked } from "./drafts.ts";
import { at } from "./drafts.ts";
import type { ClassRef, Value } from "./value.ts";
import { constantOf, constantValue, unknown } from "./value.ts";

/** Nothing when the model is not known: a name that is not known could be any. */
export function modelName(asked: Asked, { rows, suffix, as }: NonNullable<MethodSpec["names"]>): Value {
  const models = new Set(modelsIn(at(asked, rows) ?? unknown));
  const [model] = models;
  const end = constantOf(at(asked, suffix) ?? unknown)?.value;
  if (model === undefined || models.size > 1 || typeof end !== "string") return constantValue(null);
  const name = `${model.facts.name.toLowerCase()}${end}`;
  return constantValue(as === "variable" ? name : `${applicationOf(model)}/${name}.html`);
}

function modelsIn(value: Value): ClassRef[] {
  return value.what.flatMap((origin) => {
    if (origin.kind === "class" || origin.kind === "instance") return [origin.ref];
    if (origin.kind === "array") return modelsIn(origin.element);
    return origin.kind === "library" && origin.model !== undefined ? [origin.model] : [];
  });
}

/** The folder that holds `models.py`, or the folder of models. */
function applicationOf({ unit }: ClassRef): string {
  const folders = unit.facts.file.split("/").slice(0, -1);
  while (folders.at(-1) === "models") folders.pop();
  return folders.at(-1) ?? "";
}
