import type { Gathering } from "../../model/gathering.ts";
import type { Operation, Place, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "mem/accumulate-in-memory",
  title: "everything that comes piece by piece gathered in a list first",
  needs: ["facts"],
  provedBy: "the memory of the process growing with the number of elements while the loop goes on",
  recipe: { javascript: "stream", python: "stream" },
  tier: "candidate",
  check(project, report) {
    for (const gathering of project.locals.gatherings) {
      const source = sourceOf(project, gathering);
      if (source === undefined) continue;
      report({
        place: gathering.place,
        function: gathering.function,
        message: `${wordsOf(source)} gives its elements piece by piece, and \`${gathering.name}\` gathers all of them only to be ${gathering.used === "walked" ? "gone through" : "written out"} once afterwards: memory grows with their number, which nothing bounds, and the first is done with when the last has come.`,
        advice: "Do with each element, or each page, what is done with it later, or hand them on one by one (a generator).",
        effort: "M",
        path: [],
        operation: source,
        related: [
          { place: gathering.loop, role: "the loop" },
          { place: gathering.use, role: gathering.used === "walked" ? "gone through" : "written out" },
        ],
        atMost: "medium",
        ...reasonOf(doubts(project, gathering)),
      });
    }
  },
});

/** What gives the elements: rows that are streamed, or pages that are asked for until there are no more. */
function sourceOf(project: Project, { source, over, loop }: Gathering): Operation | undefined {
  if (source === "each")
    return project.operations.find(
      ({ kind, spec, limited, place }) => kind === "db-read" && spec.stream === true && !limited && over !== undefined && isIn(over, place),
    );
  return project.looped.find(
    (one) =>
      one.loop.place.file === loop.file &&
      one.loop.place.at === loop.at &&
      one.loop.exitsOnResult &&
      !one.loop.paced &&
      (one.operation.kind === "db-read" || one.operation.kind === "http-read"),
  )?.operation;
}

function isIn(outer: Place, inner: Place): boolean {
  return outer.file === inner.file && outer.at <= inner.at && inner.end <= outer.end;
}

function doubts(project: Project, { function: fn, use, source }: Gathering): readonly string[] {
  const reasons = [...coldReason(project, fn)];
  // Whoever deletes what it has just read moves what the next page would hold.
  if (source === "pages" && project.looped.some(({ loop, operation }) => isIn(loop.place, use) && operation.kind.endsWith("-write")))
    reasons.push("what is written for each element may change what later pages hold");
  return reasons;
}

function wordsOf({ table, method }: Operation): string {
  return table === undefined ? `\`${method}\`` : `\`${method}\` of \`${table}\``;
}
