import type { Operation, Project, Use } from "../../model/project.ts";
import type { Found, RelatedPlace } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { isHot } from "../gates/hot.ts";
import { hotStatements, statementName } from "../gates/statements.ts";
import { isOnlyAskedForExistence, isPickedFrom, isSingleRowIdiom, isWholeList } from "../gates/whole-list.ts";
import { reasonOf } from "../gates/words.ts";
import { isHistory, shortReasons } from "../schema/length.ts";
import { nestedHistories } from "../schema/nested-histories.ts";
import type { NestedHistory } from "../schema/nested-histories.ts";

export default rule({
  id: "db/unbounded-query",
  title: "a list query without a limit",
  needs: ["facts", "schema"],
  provedBy: "the number of rows that the statement gives, and the memory of the process, growing with the table",
  recipe: { javascript: "stream", python: "stream" },
  tier: "likely",
  check(project, report) {
    for (const operation of hotStatements(project, isUnbounded)) {
      report({
        place: operation.place,
        function: operation.place.function,
        message: `${statementName(operation)} reads every row that matches: no limit was found, so the answer and the memory for it grow with the table.`,
        advice: `Read a page at a time with ${curesOf(operation).limit}, or stream the rows.`,
        effort: "M",
        path: [],
        operation,
        atMost: "medium",
        ...reasonOf(doubts(project, operation)),
      });
    }
    for (const operation of project.operations) {
      if (!isKeptByCommand(project, operation)) continue;
      report({
        place: operation.place,
        function: operation.place.function,
        message: `${statementName(operation)} reads every row that matches before the first is looked at, and the queryset keeps all of them while the loop goes on: the memory of the command grows with the table.`,
        advice: "Go through `.iterator()`, which keeps one portion at a time.",
        effort: "S",
        path: [],
        operation,
        related: loopOver(operation),
        again: true,
        atMost: "low",
        ...reasonOf(shortReasons(project, operation)),
      });
    }
    for (const history of nestedHistories(project)) report(loadedWith(history));
  },
});

function loadedWith({ operation, read, reasons }: NestedHistory): Found {
  const name = read.path.at(-1) ?? "";
  const owner = read.path.length > 1 ? `of its \`${read.path.slice(0, -1).join(".")}\`` : "row";
  return {
    place: read.place,
    function: read.function,
    message: `${statementName(operation)} loads all \`${name}\` of each ${owner}, the newest first: no limit was found for them, so the answer and the memory for it grow with their table.`,
    advice: "Load as many as are shown (`take`), or only how many there are (`_count`).",
    effort: "S",
    path: [],
    operation,
    related: read.place.line === operation.place.line ? [] : [{ place: operation.place, role: "the statement" }],
    atMost: "medium",
    ...reasonOf(reasons),
  };
}

const going: readonly Use[] = ["iterate", "add", "filter"];
const walks: ReadonlySet<Use> = new Set<Use>([...going, "member", "length", "truth", "zero-comparison"]);

/** A command goes through a queryset, and does nothing else with its rows that would need all of them. */
function isKeptByCommand(project: Project, operation: Operation): boolean {
  const { library, place, uses } = operation;
  if (library !== "django" || place.function.module || !isWholeTable(operation) || !going.some((use) => uses.has(use))) return false;
  if (![...uses.keys()].every((use) => walks.has(use)) || isHot(project, place.function)) return false;
  return project.routesReaching(place.function).some(({ kind }) => kind === "command");
}

function isUnbounded(operation: Operation): boolean {
  return isWholeTable(operation) && !isPickedFrom(operation);
}

function isWholeTable(operation: Operation): boolean {
  if (!isWholeList(operation) || operation.byList || isSingleRowIdiom(operation) || operation.spec.lazy !== undefined) return false;
  return !isOnlyAskedForExistence(operation) && !isSmallBySql(operation.sql);
}

/** Where the rows are gone through, when that is not where they are asked for. */
function loopOver({ uses, place }: Operation): readonly RelatedPlace[] {
  const at = going.map((use) => uses.get(use)).find((place) => place !== undefined);
  return at === undefined || at.line === place.line ? [] : [{ place: at, role: "the loop" }];
}

const wholeTable = /^\s*select\b(?:(?!\b(?:select|from)\b)[^])*\bfrom\s+[\w."`]+(\s+(as\s+)?\w+)?(\s+order\s+by\b[^]*)?\s*;?\s*$/i;

/** A relation that is loaded leaves out no row. */
const keepsAll: ReadonlySet<string> = new Set(["prisma", "mongoose", "django", "drizzle"]);

function doubts(project: Project, operation: Operation): readonly string[] {
  const reasons = [...shortReasons(project, operation)];
  if (!isHistory(project, operation)) reasons.push("the order does not say that it is a history: it may be what somebody set up");
  // Rows without what they are joined with may be left out.
  if (!keepsAll.has(operation.library) && (operation.includes ?? []).length > 0) reasons.push("what it is joined with may leave few rows");
  if (operation.sql !== undefined && !wholeTable.test(operation.sql)) reasons.push("what its SQL says may leave few rows");
  // Forms, admin pages and generic views add rows and cut lists into pages where no call says so.
  if (operation.library === "django") reasons.push("what the framework does with the list, and who adds to it, is not seen");
  // What is only gone through may be gone through in pieces by whoever gets it: where it goes is seen.
  if (!operation.uses.has("escape") && !going.some((use) => operation.uses.has(use))) reasons.push("what becomes of the rows was not seen");
  return reasons;
}

/** Aggregates without groups and selects without a table give one row. */
function isSmallBySql(sql: string | undefined): boolean {
  if (sql === undefined) return false;
  const aggregate = /^\s*select\s+(count|sum|min|max|avg|exists)\s*\(/i.test(sql) && !/\bgroup\s+by\b/i.test(sql);
  return aggregate || !/\bfrom\b/i.test(sql);
}
