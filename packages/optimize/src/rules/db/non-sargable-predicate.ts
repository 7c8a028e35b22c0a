import { rule } from "../../model/rule.ts";
import type { Index } from "../../model/schema.ts";
import type { Asked, AskedIn } from "../schema/asked.ts";
import { askedTables } from "../schema/asked.ts";
import { stillReason } from "../schema/growth.ts";
import { indexLeadingWith } from "../schema/indexes.ts";
import { statementName } from "../gates/statements.ts";
import { reasonOf } from "../gates/words.ts";

/** Around a column, what an index on the column itself cannot answer; of others it is not known what they do. */
const functions: ReadonlySet<string> = new Set(
  "lower upper trim ltrim rtrim date date_trunc to_char year month day hour week_day extract coalesce ifnull substring substr left abs floor ceil round length cast ::date ::text ::varchar".split(
    " ",
  ),
);
/** Parts of a time that repeat: no range says the same. */
const repeating: ReadonlySet<string> = new Set(["month", "day", "hour", "week_day", "extract"]);

export default rule({
  id: "db/non-sargable-predicate",
  title: "a function around an indexed column",
  needs: ["facts", "schema"],
  provedBy: "the plan of the statement: a scan, where the column alone uses the index",
  tier: "likely",
  check(project, report) {
    for (const asked of askedTables(project)) {
      const { operation, schema, table } = asked;
      const found = asked.all.find((one) => isWrapped(one) && !hasExpression(asked, one));
      if (found === undefined) continue;
      const index = indexLeadingWith(table, [found.of.name]);
      if (index === undefined || isNarrowed(asked)) continue;
      const still = stillReason(project, schema, table);
      report({
        place: operation.place,
        function: operation.place.function,
        message: `${statementName(operation)} compares ${wrappedWords(found)} instead of the column: ${indexName(index)} is sorted by the column itself and cannot be searched, so the server computes it for every row of \`${table.name}\`.`,
        advice: adviceFor(asked, found),
        effort: "S",
        path: [],
        operation,
        ...reasonOf([...(still === undefined ? [] : [still]), ...unknownCase(asked, found)]),
      });
    }
  },
});

function isWrapped({ wrapped, by, of }: AskedIn): boolean {
  return wrapped !== undefined && functions.has(wrapped) && by !== "infix" && by !== "null" && !of.type.startsWith("citext");
}

/** Django compares without case as the server does: PostgreSQL in capitals, others by how the column is sorted. */
function unknownCase({ operation, schema }: Asked, { wrapped }: AskedIn): readonly string[] {
  return operation.library === "django" && wrapped === "upper" && schema.dialect !== "postgresql"
    ? ["how the server compares without case is not known"]
    : [];
}

/** Somebody made an index for it. */
function hasExpression({ table }: Asked, { of }: AskedIn): boolean {
  return table.indexes.some(({ columns }) =>
    columns.some(({ expression }) => expression?.toLowerCase().includes(of.name.toLowerCase()) === true),
  );
}

/** Another condition finds the rows; this one chooses among them. */
function isNarrowed({ table, equal, range, shape }: Asked): boolean {
  return (
    shape.open ||
    indexLeadingWith(
      table,
      [...equal, ...range].map(({ of }) => of.name),
    ) !== undefined
  );
}

function wrappedWords({ wrapped = "", of }: AskedIn): string {
  return wrapped.startsWith("::") ? `\`${of.name}${wrapped}\`` : `\`${wrapped}(${of.name})\``;
}

function indexName({ name, columns }: Index): string {
  return name === undefined ? `the index on \`${columns[0]?.name ?? ""}\`` : `the index \`${name}\``;
}

function adviceFor({ table, schema }: Asked, { wrapped = "", of }: AskedIn): string {
  if (wrapped === "date" || wrapped === "::date" || wrapped === "date_trunc" || wrapped === "year" || wrapped === "to_char")
    return `Compare the column with the two ends of the range (\`${of.name} >= $from AND ${of.name} < $to\`): the index answers that.`;
  if (wrapped === "coalesce" || wrapped === "ifnull")
    return `Say both cases (\`${of.name} = $1 OR ${of.name} IS NULL\`), or make the column NOT NULL.`;
  if (schema.dialect === "postgresql" || schema.dialect === "sqlite" || schema.dialect === "mysql") {
    const expression = wrapped.startsWith("::") ? `(${of.name}${wrapped})` : `${wrapped}(${of.name})`;
    const own = schema.dialect === "mysql" ? `((${expression}))` : `(${expression})`;
    return repeating.has(wrapped)
      ? `Keep that part in a column of its own with an index, or index the expression: \`CREATE INDEX ON ${table.name} ${own}\`.`
      : `Index what is compared: \`CREATE INDEX ON ${table.name} ${own}\`; or keep the values in the form in which they are asked for.`;
  }
  return "Compare the column itself, or index what is compared.";
}
