import type { Operation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import type { Table } from "../../model/schema.ts";
import { statementName } from "../gates/statements.ts";
import { reasonOf } from "../gates/words.ts";
import type { Asked } from "../schema/asked.ts";
import { askedTables, columnOf } from "../schema/asked.ts";
import { stillReason } from "../schema/growth.ts";
import { indexLeadingWith, isCoarse, partialFor } from "../schema/indexes.ts";

export default rule({
  id: "db/mongo-unindexed-or-regex",
  title: "a query of a collection that no index answers",
  needs: ["facts", "schema"],
  provedBy: "`explain()` of the query: a COLLSCAN, or far more keys and documents looked at than given back",
  tier: "likely",
  check(project, report) {
    const seen = new Set<Operation>();
    for (const asked of askedTables(project)) {
      const { operation, schema } = asked;
      if (schema.dialect !== "mongodb" || seen.has(operation) || operation.method === "aggregate") continue;
      const found = patternIn(asked) ?? unindexedIn(asked);
      if (found === undefined) continue;
      seen.add(operation);
      report({
        place: operation.place,
        function: operation.place.function,
        message: `${statementName(operation)} ${found.message}`,
        advice: found.advice,
        effort: "S",
        path: [],
        operation,
        atMost: "medium",
        ...reasonOf([...doubts(project, asked), ...found.reasons]),
      });
    }
  },
});

interface Unanswered {
  readonly message: string;
  readonly advice: string;
  readonly reasons: readonly string[];
}

/** A text that is looked for anywhere in a field, and nothing else that an index finds. */
function patternIn(asked: Asked): Unanswered | undefined {
  const { shape, table } = asked;
  const every = [...shape.conditions, ...shape.either];
  const one = every.find(({ by, column }) => by === "infix" && columnOf(table, column) !== undefined);
  if (one === undefined || isNarrowed(asked) || hasText(table)) return undefined;
  return {
    message: `matches \`${one.column}\` with an expression that is not bound to the beginning of the value, or takes no notice of case: no index finds that, so every document of \`${table.name}\` is looked at.`,
    advice: "Search by a prefix with case kept in a field of its own (`/^abc/`), or with a text index (`$text`, Atlas Search).",
    reasons: shape.conditions.some(({ by }) => by === "infix") ? [] : ["the pattern is one of several conditions of which one is enough"],
  };
}

/** Fields that are compared, none of which an index begins with. */
function unindexedIn(asked: Asked): Unanswered | undefined {
  const { equal, range, table, shape } = asked;
  const searched = [...equal, ...range].filter(({ of }) => !isCoarse(of));
  const [first] = searched;
  if (first === undefined || shape.either.length > 0 || isNarrowed(asked)) return undefined;
  const named = searched.map(({ of }) => of.name);
  if (partialFor(table, named, named) !== undefined) return undefined;
  const names = [...new Set(searched.map(({ of }) => of.name))].slice(0, 3);
  return {
    message: `finds by ${names.map((name) => `\`${name}\``).join(" and ")}, and no index of \`${table.name}\` begins with ${names.length === 1 ? "it" : "one of them"}: every document of the collection is looked at.`,
    advice: `Declare the index in the schema: \`schema.index({ ${names.map((name) => `${/^\w+$/.test(name) ? name : `"${name}"`}: 1`).join(", ")} })\`.`,
    reasons: equal.some(({ of }) => !isCoarse(of)) ? [] : ["a range may hold most of the documents"],
  };
}

/** Another condition is answered by an index. */
function isNarrowed({ table, equal, range }: Asked): boolean {
  return (
    indexLeadingWith(
      table,
      [...equal, ...range].map(({ of }) => of.name),
    ) !== undefined
  );
}

function hasText(table: Table): boolean {
  return table.indexes.some(({ method }) => method !== "btree" && method !== "hash");
}

function doubts(project: Project, { shape, unknown, table, schema }: Asked): readonly string[] {
  const reasons: string[] = [];
  if (shape.open) reasons.push("the query may hold further conditions that were not seen");
  if (unknown) reasons.push("one of its conditions is on a field that the schema does not know");
  if (table.partial !== undefined) reasons.push(`the collection is known in part only: ${table.partial}`);
  const still = stillReason(project, schema, table);
  if (still !== undefined) reasons.push(still);
  return reasons;
}
