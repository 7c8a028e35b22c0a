import type { LoopedOperation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason, guessReason } from "../gates/hot.ts";
import type { RelationReads } from "../gates/relations.ts";
import {
  accessPlaces,
  askedInRounds,
  byQuery,
  eagerAdvice,
  fewReads,
  isReadForEach,
  isRelationRead,
  newReason,
  ownRow,
  pathWords,
} from "../gates/relations.ts";
import { fewQueries, settledReason } from "../gates/repetition.ts";
import { isEmbedded } from "../gates/statements.ts";
import { listName, pageOr, reasonOf } from "../gates/words.ts";

export default rule({
  id: "db/n-plus-one-lazy-relation",
  title: "a relation that is read for each row of a list",
  needs: ["facts", "schema"],
  provedBy: "one statement shape that the access to the relation runs once for each row of the query before it",
  confirmedBy: ["n+1"],
  tier: "likely",
  check(project, report) {
    const wanted = project.looped.filter((looped) => looped.through === undefined && isRelationRead(looped) && isReadForEach(looped));
    const asked = askedInRounds(project);
    for (const reads of byQuery(wanted)) {
      const { first, all, built } = reads;
      const place = built ?? first.site;
      report({
        place,
        function: built === undefined ? first.function : place.function,
        message: message(reads),
        advice: eagerAdvice(reads),
        effort: "S",
        path: built === undefined ? first.path : [],
        operation: first.operation,
        loop: first.loop,
        related: accessPlaces(reads),
        sometimes: all.every((one) => one.partly),
        ...(isEmbedded(first.operation) ? { atMost: "medium" as const } : {}),
        ...reasonOf([...doubts(project, first), ...fewReads(reads), ...fewQueries(first, all.length), ...ownRow(reads, asked)]),
      });
    }
  },
});

function message(reads: RelationReads): string {
  const { first, all } = reads;
  const share = all.every((one) => one.partly) ? "some rows" : "each row";
  const model = first.loop.rows?.table;
  const of = model === undefined || model === "" ? "" : ` of \`${model}\``;
  return `${reads.paths.length === 1 ? "One query" : "Queries"} for ${share}${of}: the loop over ${listName(first)} reads ${pathWords(reads)}, which the query does not load with the rows, and the list ${pageOr(first)}.`;
}

function doubts(project: Project, looped: LoopedOperation): readonly string[] {
  return [
    ...coldReason(project, looped.function),
    ...guessReason(looped),
    ...settledReason(looped.loop),
    ...newReason(looped.loop),
    ...(looped.carried ? ["what is read also depends on the round before"] : []),
  ];
}
