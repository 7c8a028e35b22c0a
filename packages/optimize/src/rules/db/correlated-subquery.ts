import type { Operation, Project } from "../../model/project.ts";
import type { RowQuery } from "../../model/query-shape.ts";
import { columnNamed } from "../../model/schema.ts";
import type { Column, Table } from "../../model/schema.ts";
import { rule } from "../../model/rule.ts";
import { hotStatements } from "../gates/statements.ts";
import { tablesOf } from "../schema/asked.ts";

export default rule({
  id: "db/correlated-subquery",
  title: "a query inside of a statement that runs for each of its rows",
  needs: ["facts", "schema"],
  provedBy: "the plan of the statement: a SubPlan whose loops are the rows around it",
  tier: "candidate",
  check(project, report) {
    for (const operation of hotStatements(project, ({ shapes = [] }) => shapes.some(({ rowQueries }) => rowQueries !== undefined))) {
      const [first, ...others] = isOfOneRow(project, operation) ? [] : rowQueriesOf(project, operation);
      if (first === undefined) continue;
      const { query, own } = first;
      const [key] = query.keys;
      const isIndexed = own.indexes.some(({ columns }) =>
        query.keys.some(({ column }) => columns[0]?.name === columnNamed(own, column)?.name),
      );
      const better = others.length === 0 && isSame(project, operation, first) ? query.rewrite : undefined;
      const value = query.aggregate === "count" ? "COALESCE(…, 0)" : "its value";
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "candidate",
        message: `\`${operation.method}\` computes \`${query.aggregate}\` of \`${query.table}\` anew for each row of \`${key?.table ?? ""}\`, and nothing bounds how many these are: ${
          isIndexed || own.partial !== undefined
            ? "one look-up a row, where one pass over the table would do."
            : `no index begins with \`${key?.column ?? ""}\`, so that each of them reads the whole table.`
        }`,
        advice: `Group once and join: \`LEFT JOIN (SELECT ${key?.column ?? ""}, ${query.aggregate}(…) FROM ${query.table} … GROUP BY ${key?.column ?? ""})\`, and read ${value} of it.`,
        effort: "S",
        path: [],
        operation,
        reason: "how many rows it is computed for is not known",
        ...(better === undefined ? {} : { better }),
      });
    }
  },
});

interface Known {
  readonly query: RowQuery;
  readonly own: Table;
}

/** Those of tables and columns that the schema knows. */
function rowQueriesOf(project: Project, { shapes = [], library }: Operation): readonly Known[] {
  return shapes
    .flatMap(({ rowQueries = [] }) => rowQueries)
    .flatMap((query) => {
      const own = onlyTable(project, query.table, library);
      return own === undefined || query.keys.some(({ column }) => columnNamed(own, column) === undefined) ? [] : [{ query, own }];
    });
}

/** A condition gives a unique column a value. */
function isOfOneRow(project: Project, { shapes = [], table = "", library }: Operation): boolean {
  return shapes.some(({ conditions }) =>
    conditions.some(({ by, column }) => {
      const [name = "", from] = column.split(".").reverse();
      const asked = by === "equal" ? onlyTable(project, from ?? table, library) : undefined;
      const plain = asked === undefined ? undefined : columnNamed(asked, name)?.name;
      const isKey = (columns: readonly string[] = []): boolean => columns.length === 1 && columns[0] === plain;
      return plain !== undefined && (isKey(asked?.primaryKey) || asked?.uniques.some(isKey) === true);
    }),
  );
}

/** The rewritten statement gives the same: names without a table are the inner table's own, and equal keys are one group. */
function isSame(project: Project, { library }: Operation, { query, own }: Known): boolean {
  if (own.partial !== undefined || query.bare.some((name) => columnNamed(own, name) === undefined)) return false;
  return query.keys.every(({ column, table, of }) => {
    const around = onlyTable(project, table, library);
    const [one, other] = [columnNamed(own, column), around === undefined ? undefined : columnNamed(around, of)].map(kindOf);
    return one !== undefined && one === other;
  });
}

/** Values of these are equal or not whatever the server's settings: text has collations. */
function kindOf(column: Column | undefined): "integer" | "uuid" | undefined {
  if (column === undefined) return undefined;
  if (/^(?:small|big|medium|tiny)?(?:int|integer|serial)[248]?\b/i.test(column.type)) return "integer";
  return /^uuid$/i.test(column.type) ? "uuid" : undefined;
}

function onlyTable(project: Project, name: string, library: string): Table | undefined {
  const [known, ...others] = tablesOf(project, { table: name, library });
  return others.length > 0 ? undefined : known?.table;
}
