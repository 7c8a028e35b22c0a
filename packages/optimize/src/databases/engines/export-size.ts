/** Keeps an export small: bounds get fewer, then common values, then long ones go, until it fits. */
import type { DatabaseExport, ExportedTable } from "../../model/database-export.ts";
import { arrayItems, arrayText } from "./array-text.ts";

interface Level {
  readonly bounds: number;
  readonly common: number;
  /** Longest value, in characters. */
  readonly longest: number;
}

const levels: readonly Level[] = [
  { bounds: 101, common: 100, longest: 200 },
  { bounds: 101, common: 100, longest: 40 },
  { bounds: 51, common: 50, longest: 40 },
  { bounds: 26, common: 25, longest: 30 },
  { bounds: 11, common: 10, longest: 20 },
  { bounds: 6, common: 5, longest: 10 },
  { bounds: 0, common: 0, longest: 0 },
];

/** The most detailed one that is at most so many bytes; when none is, the least, and that is noted. */
export function withinBudget(full: DatabaseExport, bytes: number): DatabaseExport {
  for (const [index, level] of levels.entries()) {
    const reduced = reduce(full, level);
    const smaller =
      index < 2
        ? reduced
        : {
            ...reduced,
            notes: [...reduced.notes, `to keep it small, columns have at most ${level.common} common values and ${level.bounds} bounds`],
          };
    if (Buffer.byteLength(JSON.stringify(smaller)) <= bytes || index === levels.length - 1) return smaller;
  }
  return full;
}

function reduce(full: DatabaseExport, level: Level): DatabaseExport {
  return {
    ...full,
    tables: full.tables.map((table) => ({ ...table, statistics: table.statistics.map((column) => reduceColumn(column, level)) })),
  };
}

function reduceColumn(column: ExportedTable["statistics"][number], level: Level): ExportedTable["statistics"][number] {
  const { commonValues, commonFrequencies, histogram, ...rest } = column;
  const values = commonValues === undefined ? [] : arrayItems(commonValues);
  const kept = values
    .map((value, index) => ({ value, frequency: commonFrequencies?.[index] ?? 0 }))
    .slice(0, level.common)
    .filter(({ value }) => value.length <= level.longest);
  const bounds = histogram === undefined ? [] : thin(arrayItems(histogram), level.bounds);
  const fits = bounds.length > 1 && bounds.every((bound) => bound.length <= level.longest);
  return {
    ...rest,
    ...(kept.length === 0 || values.length !== (commonFrequencies?.length ?? -1)
      ? {}
      : {
          commonValues: arrayText(kept.map(({ value }) => value)),
          commonFrequencies: kept.map(({ frequency }) => Number(frequency.toPrecision(6))),
        }),
    ...(fits ? { histogram: arrayText(bounds) } : {}),
  };
}

/** Every n-th of them, with the first and the last. */
function thin(items: readonly string[], count: number): readonly string[] {
  if (items.length <= count || count < 2) return count < 2 ? [] : items;
  return Array.from({ length: count }, (_, index) => items[Math.round((index * (items.length - 1)) / (count - 1))] ?? "");
}
