import type { Operation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { statementName } from "../gates/statements.ts";
import { reasonOf } from "../gates/words.ts";

/** How each library reads a list by a statement of its own. */
const cures: Readonly<Record<string, string>> = {
  sequelize: "Read all but one of them by a statement of its own: `separate: true` beside a `hasMany`, or a second query by the keys.",
  typeorm: 'Read each relation by a statement of its own: `relationLoadStrategy: "query"`, or a second query by the keys.',
  sqlalchemy: "Load all but one of them with `selectinload`, which reads each by a statement of its own.",
};

export default rule({
  id: "db/multi-collection-include",
  title: "several lists joined into one statement",
  needs: ["facts"],
  provedBy: "rows that the statement gives, beside the number of objects that are made of them",
  tier: "likely",
  check(project, report) {
    for (const operation of project.operations) {
      const lists = besideEachOther(operation.joinsLists ?? []);
      if (operation.kind !== "db-read" || operation.spec.count === true || lists.length < 2) continue;
      const { place } = operation;
      report({
        place,
        function: place.function,
        message: `${statementName(operation)} joins ${wordsOf(lists)}, which are ${lists.length === 2 ? "both" : "all"} lists, in one statement: every element of one comes with every element of the other${lists.length === 2 ? "" : "s"}, so that 20 and 30 of them are 600 rows for one object.`,
        advice: cures[operation.library] ?? "Read each list by a statement of its own.",
        effort: "S",
        path: [],
        operation,
        ...reasonOf(doubts(project, operation)),
      });
    }
  },
});

/** What is in a list of a list comes once for its own element; lists side by side multiply. */
function besideEachOther(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
}

function wordsOf(paths: readonly string[]): string {
  const names = paths.map((path) => `\`${path}\``);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function doubts(project: Project, { place, spec }: Operation): readonly string[] {
  const reasons = [...coldReason(project, place.function)];
  if (spec.list !== true) reasons.push("it is asked for one row, whose lists may be short");
  return reasons;
}
