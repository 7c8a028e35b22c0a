/** Columns of which the program names values: states, kinds, flags. */
import type { DatabaseStatistics } from "../model/database-statistics.ts";
import type { Column, Table } from "../model/schema.ts";
import type { TableUse } from "./query-shape.ts";

export type HasFewValues = (table: Table, column: Column) => boolean;

/** More distinct values than this are data. */
const few = 20;

/** From labels and types, else from the statistics: never a key or a reference. */
export function fewValues(statistics: DatabaseStatistics | undefined): HasFewValues {
  return (table, column) => {
    const isKey = [table.primaryKey, ...table.foreignKeys.map((key) => key.columns)].some((columns) => columns.includes(column.name));
    if (isKey) return false;
    if (column.values !== undefined || column.type.startsWith("bool")) return true;
    if (!/^(?:text|(?:var)?char|character)/.test(column.type)) return false;
    const known = statistics?.tables.find((one) => one.name === table.name && (one.schema ?? "public") === (table.schema ?? "public"));
    const distinct = known?.columns.find((one) => one.name === column.name)?.distinct;
    return distinct !== undefined && distinct > 0 && distinct <= few;
  };
}

/** The uses with the values that are constants of the program; others change from call to call, or are data. */
export function constantUses(uses: readonly TableUse[], hasFewValues: HasFewValues): readonly TableUse[] {
  return uses.map((use) => ({
    ...use,
    arms: use.arms.map((arm) =>
      arm.map((condition) => {
        const column = use.table.columns.find((one) => one.name === condition.column);
        if (condition.literal === undefined || (column !== undefined && hasFewValues(use.table, column))) return condition;
        const { literal: _, ...rest } = condition;
        return rest;
      }),
    ),
  }));
}
