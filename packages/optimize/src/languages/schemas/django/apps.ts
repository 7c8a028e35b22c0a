/** Applications of a Django project: what the tables of a folder are called. */
import type { Facts } from "../../../model/facts.ts";
import { scopeOf, textIn } from "../folding.ts";
import type { SchemaSources } from "../schema-text.ts";

/** The folder of the application that holds a file, and its label. */
export interface App {
  readonly folder: string;
  readonly label: string;
}

export type AppOf = (file: string) => App;

/** An application is a folder with `apps.py`, `migrations`, or models. */
export function appsOf(sources: SchemaSources): AppOf {
  const labels = new Map<string, string>();
  const folders = new Set<string>();
  for (const { file } of sources.migrations) if (file.endsWith(".py")) folders.add(above(above(file)));
  for (const [file, facts] of sources.facts) {
    if (facts.language !== "python") continue;
    const name = file.slice(file.lastIndexOf("/") + 1);
    if (name !== "apps.py" && name !== "models.py") continue;
    folders.add(above(file));
    const label = name === "apps.py" ? labelIn(facts) : undefined;
    if (label !== undefined) labels.set(above(file), label);
  }
  return (file) => {
    let folder = above(file);
    while (folder !== "" && !folders.has(folder)) folder = above(folder);
    if (!folders.has(folder)) folder = above(file).replace(/(?:^|\/)models$/, "");
    return { folder, label: labels.get(folder) ?? folder.slice(folder.lastIndexOf("/") + 1) };
  };
}

function above(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function labelIn(facts: Facts): string | undefined {
  const scope = scopeOf(facts);
  for (const one of facts.classes) {
    if (!one.bases.some((base) => (base.kind === "name" && base.name.endsWith("Config")) || base.kind === "member")) continue;
    const said = (name: string): string | undefined => textIn(scope, one.members.find((member) => member.name === name)?.value);
    const label = said("label") ?? said("name")?.split(".").at(-1);
    if (label !== undefined) return label;
  }
  return undefined;
}
