/** The rule pages: `rules/<category>/<problem>.md`, shipped as they stand in the sources. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// The same path from src/engine and from dist/engine.
const folder = fileURLToPath(new URL("../../src/rules/", import.meta.url));

/** Ids of all rules that have a page, sorted. */
export function ruleIds(): string[] {
  if (!existsSync(folder)) return [];
  const ids: string[] = [];
  for (const category of readdirSync(folder, { withFileTypes: true })) {
    if (!category.isDirectory()) continue;
    for (const file of readdirSync(`${folder}${category.name}`)) {
      if (file.endsWith(".md")) ids.push(`${category.name}/${file.slice(0, -3)}`);
    }
  }
  return ids.sort();
}

/** The page of a rule as Markdown, or undefined when there is no such rule. */
export function rulePage(id: string): string | undefined {
  return ruleIds().includes(id) ? readFileSync(`${folder}${id}.md`, "utf8") : undefined;
}
