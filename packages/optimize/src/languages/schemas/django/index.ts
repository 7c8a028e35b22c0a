/** Schemas of Django projects. Foreign keys and slugs are indexed by Django itself. */
import type { SchemaChange, SchemaPart } from "../../../model/schema-change.ts";
import type { Dialect, UnknownPart } from "../../../model/schema.ts";
import type { Expression } from "../../../model/facts-expressions.ts";
import type { Facts } from "../../../model/facts.ts";
import { dialectOfDrivers } from "../dialects.ts";
import { entriesOf, scopeOf, textIn } from "../folding.ts";
import type { SchemaSources } from "../schema-text.ts";
import { appsOf } from "./apps.ts";
import { djangoMigration, isDjangoMigration, isStandIn } from "./migrations.ts";
import type { AppState } from "./migrations.ts";
import { isDjangoModel, modelChanges } from "./models.ts";

export function readDjango(sources: SchemaSources): readonly SchemaPart[] {
  const python = [...sources.facts.values()].filter((facts) => facts.language === "python");
  if (!python.some((facts) => facts.imports.some((name) => name.startsWith("django")))) return [];
  const apps = appsOf(sources);
  const dialect = dialectOf(python);
  const files = new Set<string>();
  const changes: SchemaChange[] = [];
  for (const facts of python)
    for (const one of facts.classes) {
      if (one.parent !== 0 || one.bases.length === 0 || !isDjangoModel(sources, { facts, class: one })) continue;
      const own = modelChanges(sources, { facts, class: one }, apps);
      if (own.length > 0) files.add(facts.file);
      changes.push(...own);
    }
  const models: SchemaPart = {
    by: "Django",
    library: "django",
    kind: "models",
    dialect,
    folder: "",
    files: [...files],
    changes,
    unknown: [],
  };
  const migrations = migrationsPart(sources, apps, dialect);
  return [models, ...(migrations === undefined ? [] : [migrations])].filter((part) => part.changes.length > 0);
}

function migrationsPart(sources: SchemaSources, apps: ReturnType<typeof appsOf>, dialect: Dialect): SchemaPart | undefined {
  const folders = new Map<string, Facts[]>();
  for (const facts of sources.migrations) {
    if (!isDjangoMigration(facts)) continue;
    const folder = facts.file.slice(0, Math.max(0, facts.file.lastIndexOf("/")));
    folders.set(folder, [...(folders.get(folder) ?? []), facts]);
  }
  const files: string[] = [];
  const changes: SchemaChange[] = [];
  const unknown: UnknownPart[] = [];
  for (const list of folders.values()) {
    const state: AppState = { app: apps(list[0]?.file ?? ""), tables: new Map(), columns: new Map(), together: new Map(), unknown };
    const names = new Set(list.map(({ file }) => file.slice(file.lastIndexOf("/") + 1, -3)));
    for (const facts of list) {
      if (isStandIn(facts, names)) continue;
      files.push(facts.file);
      changes.push(...djangoMigration(sources, facts, state));
    }
  }
  return files.length === 0
    ? undefined
    : { by: "Django migrations", library: "django", kind: "migrations", dialect, folder: "", files, changes, unknown };
}

/** `ENGINE` of the settings; when they name several the database is not known. */
function dialectOf(python: readonly Facts[]): Dialect {
  const engines = new Set<string>();
  for (const facts of python) {
    // Templates of settings are for projects to come.
    if (!/(?:^|\/)settings[^/]*(?:\/|\.py$)/.test(facts.file) || facts.file.includes("template")) continue;
    const scope = scopeOf(facts);
    const visit = (e: Expression | undefined): void => {
      for (const [name, value] of entriesOf(scope, e)) {
        const text = name === "ENGINE" ? textIn(scope, value) : undefined;
        if (text !== undefined)
          engines.add(
            text
              .replace(
                /^django\.contrib\.gis\.db\.backends\.postgis$|^django\.db\.backends\.postgresql_psycopg2$/,
                "django.db.backends.postgresql",
              )
              .replace("django.db.backends.mysql", "mysql")
              .replace("django.db.backends.sqlite3", "sqlite3"),
          );
        else visit(value);
      }
    };
    for (const s of facts.functions[0]?.body ?? [])
      if (s.kind === "assign" && s.target.kind === "bind" && s.target.name === "DATABASES") visit(s.value);
  }
  return dialectOfDrivers(engines);
}
