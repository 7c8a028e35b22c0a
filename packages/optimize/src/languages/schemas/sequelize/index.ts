/** Schemas of programs that use Sequelize. It makes no index for a foreign key. */
import type { SchemaChange, SchemaPart } from "../../../model/schema-change.ts";
import type { UnknownPart } from "../../../model/schema.ts";
import { ancestryOf } from "../classes.ts";
import { dialectOfDrivers } from "../dialects.ts";
import type { SchemaSources } from "../schema-text.ts";
import { decoratedModel, isSequelize } from "./decorated.ts";
import { definedModels } from "./defined.ts";
import { isSequelizeMigration, sequelizeMigration } from "./migrations.ts";

export function readSequelize(sources: SchemaSources): readonly SchemaPart[] {
  return [...models(sources), ...migrations(sources)];
}

function models(sources: SchemaSources): SchemaPart[] {
  const packages = new Map<string, { files: Set<string>; changes: SchemaChange[] }>();
  for (const facts of sources.facts.values()) {
    if (facts.language !== "javascript") continue;
    const changes = [
      ...(facts.imports.some(isSequelize)
        ? facts.classes.flatMap((one) => {
            const at = { facts, class: one };
            return one.decorators.length === 0 ? [] : decoratedModel(sources, at, ancestryOf(sources, at));
          })
        : []),
      ...definedModels(facts, sources.facts),
    ];
    if (changes.length === 0) continue;
    const dir = sources.packageDir(facts.file);
    const own = packages.get(dir) ?? { files: new Set<string>(), changes: [] };
    packages.set(dir, own);
    own.files.add(facts.file);
    own.changes.push(...changes);
  }
  return [...packages].map(([folder, { files, changes }]) => ({
    by: "Sequelize",
    library: "sequelize",
    kind: "models",
    dialect: dialectOfDrivers(sources.dependencies(folder)),
    folder,
    files: [...files],
    changes,
    unknown: [],
  }));
}

function migrations(sources: SchemaSources): SchemaPart[] {
  const folders = new Map<string, { files: string[]; changes: SchemaChange[]; unknown: UnknownPart[] }>();
  for (const facts of sources.migrations) {
    if (facts.language !== "javascript" || !isSequelizeMigration(facts)) continue;
    const folder = facts.file.slice(0, Math.max(0, facts.file.lastIndexOf("/")));
    const own = folders.get(folder) ?? { files: [], changes: [], unknown: [] };
    folders.set(folder, own);
    own.files.push(facts.file);
    own.changes.push(...sequelizeMigration(facts, own.unknown));
  }
  return [...folders].map(([folder, own]) => ({
    by: "Sequelize migrations",
    library: "sequelize",
    kind: "migrations",
    dialect: dialectOfDrivers(sources.dependencies(sources.packageDir(own.files[0] ?? ""))),
    folder,
    ...own,
  }));
}
