/** Where models and migrations of one database disagree. */
import { columnsOf } from "../../model/schema-state.ts";
import type { Drift, Table } from "../../model/schema.ts";
import { plainName } from "../../model/schema.ts";
import type { AppliedPart } from "./merge.ts";

/** Libraries that make migrations from models: what only one side has was forgotten on the other. */
const generated = new Set(["prisma", "django", "typeorm", "drizzle", "sqlalchemy"]);

export function driftOf(group: readonly AppliedPart[]): readonly Drift[] {
  const models = group.filter(({ part }) => part.kind === "models");
  const migrations = group.filter(({ part }) => part.kind === "migrations");
  const [model] = models;
  const [migration] = migrations;
  if (model === undefined || migration === undefined || models.length > 1 || migrations.length > 1) return [];
  const names = { models: model.part.by, migrations: migration.part.by };
  const there = new Map(migration.applied.tables.map((table) => [plainName(table.name), table]));
  const here = new Map(model.applied.tables.map((table) => [plainName(table.name), table]));
  const isWhole = generated.has(model.part.library ?? "");
  const drift: Drift[] = [];
  for (const [name, table] of here) {
    const other = there.get(name);
    if (other !== undefined) drift.push(...tableDrift(table, other, names, isWhole));
    else if (table.partial === undefined && migration.part.unknown.length === 0)
      drift.push({ table: table.name, what: table.name, kind: "table", has: names.models, lacks: names.migrations, ...at(table.site) });
  }
  if (isWhole)
    for (const [name, table] of there)
      // Tables between two models are Prisma's own.
      if (!here.has(name) && table.partial === undefined && !table.name.startsWith("_"))
        drift.push({ table: table.name, what: table.name, kind: "table", has: names.migrations, lacks: names.models, ...at(table.site) });
  return drift;
}

function tableDrift(
  model: Table,
  migration: Table,
  names: { readonly models: string; readonly migrations: string },
  isWhole: boolean,
): readonly Drift[] {
  const drift: Drift[] = [];
  const compare = (a: Table, b: Table, has: string, lacks: string, indexes: boolean): void => {
    if (b.partial !== undefined) return;
    for (const column of a.columns)
      if (!b.columns.some((one) => one.name.toLowerCase() === column.name.toLowerCase()))
        drift.push({ table: a.name, what: column.name, kind: "column", has, lacks, ...at(column.site) });
    if (!indexes) return;
    for (const index of a.indexes) {
      // Not every tool can say a condition; what it cannot say it has not forgotten.
      if (index.origin === "primary key" || index.where !== undefined || columnsOf(index).includes("")) continue;
      const columns = columnsOf(index).join(", ");
      if (
        !b.indexes.some((one) => columnsOf(one).join(", ").toLowerCase() === columns.toLowerCase()) &&
        columnsOf(index).every((name) => b.columns.some((one) => one.name === name))
      )
        drift.push({ table: a.name, what: columns, kind: "index", has, lacks, ...at(index.site) });
    }
  };
  compare(model, migration, names.models, names.migrations, true);
  compare(migration, model, names.migrations, names.models, isWhole);
  return drift;
}

function at(site: Table["site"]): { readonly site?: NonNullable<Table["site"]> } {
  return site === undefined ? {} : { site };
}
