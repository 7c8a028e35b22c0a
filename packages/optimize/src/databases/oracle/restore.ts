/** Statements that give a relation the statistics of another: pg_restore_relation_stats and pg_restore_attribute_stats, PostgreSQL 18. */
import type { ColumnStatistics } from "../../model/database-statistics.ts";
import { quotedText } from "./literals.ts";

export interface RelationName {
  readonly schema: string;
  readonly name: string;
}

export function restoreRelation(relation: RelationName, rows: number, pages: number, allVisible = 0): string {
  return `SELECT pg_restore_relation_stats(${pairs(relation)}, 'relpages', ${Math.min(pages, 2 ** 31 - 1)}::integer, 'reltuples', ${rows}::real, 'relallvisible', ${Math.min(allVisible, pages)}::integer)`;
}

export function restoreColumn(relation: RelationName, column: ColumnStatistics): string {
  const given = [
    `'attname', ${quotedText(column.name)}`,
    "'inherited', false",
    `'null_frac', ${column.nullFraction}::real`,
    `'avg_width', ${Math.round(column.width)}::integer`,
    `'n_distinct', ${column.distinct}::real`,
  ];
  if (column.commonValues !== undefined && column.commonFrequencies !== undefined)
    given.push(
      `'most_common_vals', ${quotedText(column.commonValues)}`,
      `'most_common_freqs', ${quotedText(`{${column.commonFrequencies.join(",")}}`)}::real[]`,
    );
  if (column.histogram !== undefined) given.push(`'histogram_bounds', ${quotedText(column.histogram)}`);
  if (column.correlation !== undefined) given.push(`'correlation', ${column.correlation}::real`);
  return `SELECT pg_restore_attribute_stats(${pairs(relation)}, ${given.join(", ")})`;
}

function pairs(relation: RelationName): string {
  return `'schemaname', ${quotedText(relation.schema)}, 'relname', ${quotedText(relation.name)}`;
}
