/** The lines of `optimize routes`. */
import type { EntryReport } from "../../model/finding.ts";
import { clean } from "./sanitise.ts";
import type { Paint } from "./style.ts";
import { pad, shorten, width } from "./width.ts";
import { counted, place } from "./words.ts";

const widestName = 48;

/** Entry points by the package that holds them, in the order of their first one; "" for none. */
export function byPackage(entries: readonly EntryReport[]): Map<string, EntryReport[]> {
  const packages = new Map<string, EntryReport[]>();
  for (const entry of entries) {
    const group = packages.get(entry.package ?? "");
    if (group === undefined) packages.set(entry.package ?? "", [entry]);
    else group.push(entry);
  }
  return packages;
}

/** Entry points by package, each with its formula and place. */
export function entryLines(entries: readonly EntryReport[], paint: Paint): string[] {
  const packages = byPackage(entries);
  const names = Math.min(widestName, Math.max(0, ...entries.map((entry) => width(clean(entry.name)))));
  const formulas = Math.min(widestName, Math.max(0, ...entries.map((entry) => width(formulaOf(entry)))));
  const lines: string[] = [];
  for (const [name, group] of packages) {
    if (packages.size > 1) lines.push(...(lines.length === 0 ? [] : [""]), paint("bold", name === "" ? "(no package)" : clean(name)));
    for (const entry of group) {
      lines.push(
        `${pad(shorten(clean(entry.name), names), names)}  ${pad(formulaOf(entry), formulas)}  ${paint("dim", place(entry.site))}`,
      );
    }
  }
  return lines;
}

function formulaOf(entry: EntryReport): string {
  const unknown = entry.unknown.length === 0 ? "" : `  (at least: ${counted(entry.unknown.length, "call")} unresolved)`;
  return clean(entry.formula) + unknown;
}
