/** Models that a file gets from the files that define them: `const Video = VideoModel(sequelize, DataTypes)`. */
import type { Expression } from "../../../model/facts-expressions.ts";
import type { Facts } from "../../../model/facts.ts";
import { pathOf, scopeOf, textIn } from "../folding.ts";
import { plural } from "../plurals.ts";
import { stepsOf } from "../steps.ts";

/** Tables by the names of the module's variables that hold their models. */
export function modelsElsewhere(facts: Facts, all: ReadonlyMap<string, Facts>): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const s of facts.functions[0]?.body ?? []) {
    if (s.kind !== "assign" || s.target.kind !== "bind" || s.value?.kind !== "call") continue;
    const from = sourceOf(facts, s.value.callee);
    const file = from === undefined ? undefined : fileOf(facts.file, from, all);
    const names = file === undefined ? [] : definedNames(file);
    if (names.length === 1 && names[0] !== undefined) out.set(s.target.name, plural(names[0]));
  }
  return out;
}

/** Where the function comes from that is called: by an import, or by a `require` before or there and then. */
function sourceOf(facts: Facts, callee: Expression): string | undefined {
  if (callee.kind === "import") return specifierOf(callee);
  if (callee.kind !== "name" || callee.binding < 0) return undefined;
  const imported = facts.bindings[callee.binding]?.from?.specifier;
  if (imported !== undefined) return imported;
  for (const s of facts.functions[0]?.body ?? [])
    if (s.kind === "assign" && s.target.kind === "bind" && s.target.binding === callee.binding && s.value?.kind === "import")
      return specifierOf(s.value);
  return undefined;
}

function specifierOf({ specifier }: Extract<Expression, { kind: "import" }>): string | undefined {
  return specifier.kind === "literal" && typeof specifier.value === "string" ? specifier.value : undefined;
}

function fileOf(from: string, specifier: string, all: ReadonlyMap<string, Facts>): Facts | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.split("/"))
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  const path = parts.join("/");
  return [path, `${path}.js`, `${path}.ts`, `${path}/index.js`, `${path}/index.ts`].flatMap((one) => all.get(one) ?? [])[0];
}

function definedNames(facts: Facts): readonly string[] {
  const scope = scopeOf(facts);
  return facts.functions.flatMap((fn) =>
    stepsOf(facts, fn, scope).flatMap(({ call }) => {
      const name = pathOf(call.callee)?.at(-1) === "define" ? textIn(scope, call.args[0]?.value) : undefined;
      return name === undefined ? [] : [name];
    }),
  );
}
