/** What a model of Sequelize joins to its rows wherever nobody says otherwise: `@DefaultScope(…)`, `defaultScope: …`. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import { calledName, callsNamed, functionOf, importedName, textOf } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Spot } from "./text.ts";

const typescript: ReadonlySet<string> = new Set(["sequelize-typescript"]);

export function readDefaultScopes(r: Reading): void {
  if (r.python) return;
  for (const { name, decorators, parent } of r.t.facts.classes)
    for (const one of decorators)
      if (one.kind === "call" && importedName(r, one.callee, typescript) === "DefaultScope")
        add(r, name, one.args[0]?.value, { fn: parent, loops: [], statement: undefined });
  for (const { e, spot } of callsNamed(r, new Set(["define", "init"]))) {
    const options = e.args[calledName(e) === "define" ? 2 : 1]?.value;
    const scope = propertyOf(options, "defaultScope");
    if (scope !== undefined) add(r, modelOf(e, options), scope, spot);
  }
}

/** `sequelize.define("Video", …)`, `Video.init(…)`, `super.init(…, { modelName: "Video" })` */
function modelOf(e: CallExpression, options: Expression | undefined): string {
  if (calledName(e) === "define") return textOf(e.args[0]?.value) ?? "";
  const named = textOf(propertyOf(options, "modelName"));
  return named ?? (e.callee.kind === "member" && e.callee.object.kind === "name" ? e.callee.object.name : "");
}

function add(r: Reading, model: string, scope: Expression | undefined, spot: Spot): void {
  const options = scope === undefined ? undefined : optionsOf(r, scope);
  const include = propertyOf(options, "include");
  if (model === "" || include === undefined || options === undefined) return;
  const list = include.kind === "array" ? include.elements.flatMap((one) => (one === null || one.spread ? [] : [one.value])) : [include];
  const joins = list.flatMap((one) => joinedBy(one) ?? []);
  if (joins.length > 0) r.found.defaultScopes.push({ ...placeIn(r, options, spot), model, joins });
}

/** The options, also as what a function gives back. */
function optionsOf(r: Reading, scope: Expression): Expression | undefined {
  if (scope.kind === "object") return scope;
  const fn = functionOf(r, scope);
  const [only, ...others] = fn === undefined ? [] : (r.t.facts.functions[fn]?.body ?? []);
  return only?.kind === "return" && others.length === 0 ? only.value : undefined;
}

/** The name under which rows hold it; nothing where the join also leaves rows out, for which it is needed. */
function joinedBy(e: Expression): string | undefined {
  if (e.kind === "literal") return textOf(e);
  if (e.kind === "name") return lowered(e.name);
  if (e.kind !== "object" || e.properties.some(({ spread }) => spread)) return undefined;
  const required = propertyOf(e, "required");
  const optional = required === undefined ? propertyOf(e, "where") === undefined : required.kind === "literal" && required.value === false;
  if (!optional) return undefined;
  const model = propertyOf(e, "model");
  return textOf(propertyOf(e, "as")) ?? textOf(propertyOf(e, "association")) ?? (model?.kind === "name" ? lowered(model.name) : undefined);
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function propertyOf(e: Expression | undefined, name: string): Expression | undefined {
  return e?.kind === "object" ? e.properties.find((one) => one.name === name)?.value : undefined;
}
