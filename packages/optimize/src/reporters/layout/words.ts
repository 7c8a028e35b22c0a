import type { Category, Finding, Impact, Site } from "../../model/finding.ts";
import { clean } from "./sanitise.ts";

/** Headings of the categories, in the order in which they are shown. */
export const categoryTitles: Readonly<Record<Category, string>> = {
  db: "DATABASE",
  io: "NETWORK AND FILES",
  async: "WAITING",
  algo: "ALGORITHMS",
  mem: "MEMORY",
  fe: "BROWSER",
  cfg: "CONFIGURATION",
};

/** The part of a rule's id before the slash. */
export function categoryOf(rule: string): string {
  return rule.slice(0, Math.max(0, rule.indexOf("/")));
}

/** "1 query", "2 queries". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "src/a.ts:12" */
export function place(site: Site): string {
  return `${clean(site.file)}:${site.line}`;
}

/** An impact with its origin in words; every number says where it comes from. */
export function impactText(impact: Impact): string {
  switch (impact.basis) {
    case "measured":
      return `${impact.value} ${clean(impact.unit)}${impact.takes === undefined ? "" : `, ${impact.takes.milliseconds} of its ${impact.takes.of} ms under load`}, measured by ${clean(impact.by)} (n = ${impact.samples})`;
    case "modelled":
      return `${impact.value} ${clean(impact.unit)}, modelled by ${clean(impact.by)}, assuming ${clean(impact.assuming)}`;
    case "structural": {
      const formula = clean(impact.formula);
      const named = impact.route === undefined || formula.includes(" = ") ? formula : `${clean(impact.route)} = ${formula}`;
      return `${named} (structural)`;
    }
  }
}

/** The place where the effect itself happens, else the end of the call path. */
export function effectSite(finding: Finding): Finding["related"][number] | undefined {
  return finding.related.findLast((related) => related.role === "does it") ?? finding.path?.at(-1);
}

/** Shortest prefix of the id, of four or more characters, that no other id begins with. */
export function shortId(id: string, ids: readonly string[]): string {
  let length = 4;
  for (const other of ids) {
    if (other === id) continue;
    let same = 0;
    while (same < id.length && id[same] === other[same]) same += 1;
    length = Math.max(length, same + 1);
  }
  return id.slice(0, length);
}
