/**
 * An export without the values of its data. Kept are: shares, numbers of distinct values, widths, and labels that the schema itself names (enumerations,
 * true and false). Of numbers and times with at least 2,000 rows there is a coarse scale: at most 41 points, each a multiple of a round step of at least
 * a four-hundredth of the range, with ten different values between two of them, so that a point is no row's value, only a place near which a fortieth of the rows lie.
 */
import type { DatabaseExport, ExportedTable } from "../../model/database-export.ts";
import { keptOf, type NamedValues } from "./export-named.ts";
import { arrayItems, arrayText } from "./array-text.ts";

const fewestRows = 2000;
const points = 40;
const valuesApart = 10;

/** `named`: what the program's own statements name, which is kept. */
export function withoutValues(full: DatabaseExport, named?: NamedValues): DatabaseExport {
  return {
    ...full,
    values: false,
    tables: full.tables.map((table) => ({
      ...table,
      statistics: table.statistics.map((column) => strip(column, table, named)),
      indexes: table.indexes.map((index) =>
        index.statistics === undefined ? index : { ...index, statistics: index.statistics.map((column) => bare(column)) },
      ),
    })),
  };
}

type Exported = ExportedTable["statistics"][number];

function strip(column: Exported, table: ExportedTable, named: NamedValues | undefined): Exported {
  const declared = table.columns.find((one) => one.name === column.name);
  if (declared?.values !== undefined || declared?.type === "boolean") return column;
  if (named !== undefined && /^(?:text|(?:var)?char|character)/.test(declared?.type ?? ""))
    return { ...bare(column), ...keptOf(column, named) };
  const scale = scaleOf(declared?.type ?? "");
  const coarse = scale === undefined || table.rows < fewestRows ? undefined : coarseHistogram(column, scale, table.rows);
  return coarse === undefined ? bare(column) : { ...bare(column), histogram: coarse };
}

function bare({ name, nullFraction, width, distinct, correlation }: Exported): Exported {
  return { name, nullFraction, width, distinct, ...(correlation === undefined ? {} : { correlation }) };
}

interface Scale {
  readonly read: (text: string) => number;
  readonly write: (value: number) => string;
  /** Steps from which one is taken. */
  readonly step: (least: number) => number;
}

const hour = 3_600_000;
const day = 24 * hour;
const times: Scale = {
  read: (text) => Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : withZone(text)),
  write: (value) => new Date(value).toISOString(),
  step: (least) => [hour, 6 * hour, day, 7 * day, 30 * day, 90 * day, 365 * day].find((step) => step >= least) ?? 3650 * day,
};
const dates: Scale = {
  ...times,
  write: (value) => new Date(value).toISOString().slice(0, 10),
  step: (least) => Math.max(day, times.step(least)),
};
const decimals: Scale = { read: Number, write: (value) => String(Number(value.toPrecision(12))), step: roundStep };
const integers: Scale = { ...decimals, write: (value) => String(Math.round(value)), step: (least) => Math.max(1, roundStep(least)) };

function withZone(text: string): string {
  const iso = text.replace(" ", "T");
  if (/[+-]\d\d$/.test(iso)) return `${iso}:00`;
  return /(?:Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`;
}

function roundStep(least: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((factor) => factor * magnitude >= least) ?? 10) * magnitude;
}

function scaleOf(type: string): Scale | undefined {
  if (type === "date") return dates;
  if (type.startsWith("timestamp")) return times;
  if (/^(?:smallint|integer|bigint)$/.test(type)) return integers;
  return /^(?:numeric|double precision|real)/.test(type) ? decimals : undefined;
}

/** Common values and bounds as one distribution, told at forty places on a coarse scale. */
function coarseHistogram(column: Exported, scale: Scale, rows: number): string | undefined {
  const common = arrayItems(column.commonValues ?? "{}").map(scale.read);
  const bounds = arrayItems(column.histogram ?? "{}").map(scale.read);
  const masses = column.commonFrequencies ?? [];
  const weighted = common.map((value, index) => ({ value, mass: masses[index] ?? 0 }));
  const rest = Math.max(0, 1 - column.nullFraction - masses.reduce((sum, mass) => sum + mass, 0));
  for (const value of bounds) weighted.push({ value, mass: rest / Math.max(1, bounds.length) });
  if (weighted.length < 2 || weighted.some(({ value }) => !Number.isFinite(value))) return undefined;
  weighted.sort((a, b) => a.value - b.value);
  const least = weighted[0]?.value ?? 0;
  const most = weighted.at(-1)?.value ?? 0;
  if (most <= least) return undefined;
  const distinct = column.distinct < 0 ? -column.distinct * rows : column.distinct;
  // Ten different values at least between two neighbouring points: no point tells that one of them is there.
  if (distinct < 2 * valuesApart) return undefined;
  const step = scale.step((most - least) * Math.max(1 / 400, valuesApart / distinct));
  const total = weighted.reduce((sum, { mass }) => sum + mass, 0);
  const places: number[] = [];
  let seen = 0;
  let next = 0;
  for (const { value, mass } of weighted) {
    seen += mass;
    while (next <= points && seen >= (next / points) * total - 1e-9) {
      places.push(Math.round(value / step) * step);
      next++;
    }
  }
  return arrayText(places.map(scale.write));
}
