import { rule } from "../../model/rule.ts";
import type { Index } from "../../model/schema.ts";
import { isHot } from "../gates/hot.ts";
import { statementName } from "../gates/statements.ts";
import { reasonOf } from "../gates/words.ts";
import type { Asked } from "../schema/asked.ts";
import { askedTables } from "../schema/asked.ts";
import { indexLeadingWith } from "../schema/indexes.ts";

export default rule({
  id: "db/missing-unique-index",
  title: "a row that is made when it is missing, and nothing that keeps it single",
  needs: ["facts", "schema"],
  provedBy: "rows that have the same values in these columns, and the plan of the statement that looks for one",
  tier: "likely",
  check(project, report) {
    for (const asked of askedTables(project)) {
      const { operation, table, shape } = asked;
      const keys = [...new Set(asked.all.map(({ of }) => of.name))];
      // Commands are run one at a time, and often on purpose.
      if (
        shape.makes !== true ||
        !isHot(project, operation.place.function) ||
        keys.length === 0 ||
        !asked.all.every(isKey) ||
        isKeptSingle(asked, keys)
      )
        continue;
      const names = keys.map((name) => `\`${name}\``).join(" and ");
      const scan = indexLeadingWith(table, keys) === undefined;
      report({
        place: operation.place,
        function: operation.place.function,
        message: `${statementName(operation)} looks for a row by ${names} and makes one when there is none, and no unique index of \`${table.name}\` holds ${keys.length === 1 ? "it" : "them"}: two requests at the same time make two rows${scan ? ", and each call reads the whole table" : ""}.`,
        advice: `Declare ${names} unique, after joining the rows that are there twice already: the index finds the row and refuses the second one.`,
        effort: "M",
        path: [],
        operation,
        atMost: "medium",
        group: `${table.name} ${keys.join()}`,
        ...reasonOf(doubts(asked)),
      });
    }
  },
});

function isKey({ by, wrapped }: Asked["all"][number]): boolean {
  return (by === "equal" || by === "null") && wrapped === undefined;
}

/** A unique index holds some of the columns and no others; a key that leads to the row through which the statement was asked is not said again. */
function isKeptSingle({ table }: Asked, keys: readonly string[]): boolean {
  const known = new Set(keys.map((name) => name.toLowerCase()));
  const owners = new Set(table.foreignKeys.flatMap((key) => key.columns.map((name) => name.toLowerCase())));
  const covers = (columns: readonly string[]): boolean =>
    columns.some((name) => known.has(name.toLowerCase())) &&
    columns.every((name) => known.has(name.toLowerCase()) || owners.has(name.toLowerCase()));
  return (
    covers(table.primaryKey) || table.uniques.some(covers) || table.indexes.some((index) => index.unique && covers(namesIn(index, keys)))
  );
}

/** Columns of an index; those that an expression names stand for it. */
function namesIn({ columns }: Index, keys: readonly string[]): readonly string[] {
  return columns.flatMap(({ name, expression = "" }) => name ?? keys.filter((key) => expression.includes(key)));
}

function doubts({ shape, table, unknown, operation, all }: Asked): readonly string[] {
  const reasons: string[] = [];
  if (all.some(({ value }) => typeof value === "boolean"))
    reasons.push("a flag is part of the condition, so that only some of the rows would have to be single");
  if (shape.open || shape.either.length > 0) reasons.push("the statement may hold further conditions that were not seen");
  if (unknown) reasons.push("one of its conditions is on something that the schema does not know");
  if (table.partial !== undefined) reasons.push(`the table is known in part only: ${table.partial}`);
  if (operation.spec.instance === true || operation.relationPath !== undefined)
    reasons.push("it is asked through another row, whose key is part of the condition");
  return reasons;
}
