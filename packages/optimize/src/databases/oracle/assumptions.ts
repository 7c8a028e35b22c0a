/** What is assumed of a table whose statistics are not known: from its schema, and nothing that favours an index. */
import type { ColumnStatistics } from "../../model/database-statistics.ts";
import { tableNamed, type Column, type Schema, type Table } from "../../model/schema.ts";
import { widthOf } from "./relation-size.ts";

/** Rows that hang on one of the other table, when nothing is known of them. */
const rowsPerParent = 10;

/**
 * Distinct values of the columns of which the schema says something: keys, references, enumerations. Of others the planner has defaults of its own
 * (200 distinct values, a third of the rows for a range).
 */
export function assumedColumns(schema: Schema, table: Table): readonly ColumnStatistics[] {
  return table.columns.flatMap((column) => {
    const distinct = distinctOf(schema, table, column);
    return distinct === undefined
      ? []
      : [{ name: column.name, nullFraction: 0, width: Math.round(widthOf(column).bytes), distinct, correlation: 0 }];
  });
}

function distinctOf(schema: Schema, table: Table, column: Column): number | undefined {
  const keys = [table.primaryKey, ...table.uniques];
  if (keys.some((key) => key.length === 1 && key[0] === column.name)) return -1;
  if (column.values !== undefined && column.values.length > 0) return column.values.length;
  if (column.type.startsWith("bool")) return 2;
  const reference = table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === column.name);
  if (reference === undefined || tableNamed(schema, reference.table) === undefined) return undefined;
  return -1 / rowsPerParent;
}

/** Distinct keys of an index over these columns: their product, which is at most the rows. */
export function distinctKeys(columns: readonly (ColumnStatistics | undefined)[], rows: number): number {
  let keys = 1;
  for (const column of columns)
    keys *= column === undefined ? 200 : column.distinct < 0 ? -column.distinct * rows : Math.max(1, column.distinct);
  return Math.max(1, Math.min(rows, keys));
}
