/** What only many requests tell: what speaks against findings, and what a cache would be worth. */
import { counted } from "../layout/words.ts";
import { clean } from "../layout/sanitise.ts";
import { placeText } from "./evidence-lines.ts";
import { ofKind, type Measured } from "./input.ts";

/** Findings that load says something against. */
export function against({ join, paint }: Measured): string[] {
  return join.joined
    .filter(({ state }) => state === "contradicted" || state === "cold")
    .map(
      ({ finding, state, because = "" }) =>
        `${paint("bold", state === "cold" ? "COLD  " : "CONTRADICTED")}  ${clean(finding.rule)}  ${clean(finding.site.file)}:${finding.site.line}  ${clean(because)}`,
    );
}

/** Reads worth a cache. */
export function cacheable({ set, all, paint }: Measured): string[] {
  // Tests ask for the same again and again.
  const list = set.environment.circumstance === "test" ? [] : ofKind(set, "cacheable");
  const lines = (all ? list : list.slice(0, 3)).flatMap((one) => [
    `  ${one.place === undefined ? clean(one.library) : placeText(one.place)}  ${one.reads} reads of ${counted(one.distinct, "parameter set")} · ${one.time.total.toFixed(0)} ms · ${clean(one.routes.slice(0, 3).join(", "))}`,
    `        kept ${one.kept.map(({ seconds, hits, stale }) => `${seconds} s: ${Math.round(hits * 100)} % answered, ${stale} stale`).join("; ")}`,
  ]);
  if (lines.length === 0) return [];
  return [
    `${paint("bold", "CACHEABLE")}  reads that other requests of this run had asked for before; writes by other programs are not seen`,
    ...lines,
    ...(list.length > 3 && !all ? [`  ${list.length - 3} more with --all`] : []),
  ];
}
