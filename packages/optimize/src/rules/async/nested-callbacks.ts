import type { EffectKind } from "../../model/effect.ts";
import type { Operation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

/** Reads, which may as well go on at the same time. */
const reading: ReadonlySet<EffectKind> = new Set<EffectKind>(["db-read", "http-read", "file-read", "cache-read"]);

export default rule({
  id: "async/nested-callbacks",
  title: "a read that waits for another one because it stands in its callback",
  needs: ["facts"],
  provedBy: "spans of both reads that never overlap, and a request that takes as long as their sum",
  tier: "candidate",
  check(project, report) {
    const byPlace = new Map(project.operations.map((operation) => [keyOf(operation.place), operation]));
    for (const { outer, inner, function: fn } of project.locals.nestedCalls) {
      const first = byPlace.get(keyOf(outer));
      const second = byPlace.get(keyOf(inner));
      if (first === undefined || second === undefined || !isRead(first) || !isRead(second)) continue;
      report({
        place: inner,
        function: fn,
        message: `\`${second.method}\` starts when \`${first.method}\` has called back, and needs nothing of what that gives: the request waits for both, one after the other.`,
        advice: "Start both, and go on when both are there: `await Promise.all([…])` with the forms that give promises.",
        effort: "M",
        path: [],
        operation: second,
        related: [{ place: outer, role: "waits for" }],
        ...reasonOf([...coldReason(project, fn), "whether the first has to succeed before the second may run is not known"]),
      });
    }
  },
});

function isRead({ kind, spec }: Operation): boolean {
  return reading.has(kind) && spec.blocking !== true;
}

function keyOf({ file, at }: { readonly file: string; readonly at: number }): string {
  return `${file}:${String(at)}`;
}
