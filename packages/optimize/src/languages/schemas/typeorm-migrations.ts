import type { CallExpression } from "../../model/facts-expressions.ts";
import type { Facts } from "../../model/facts.ts";
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import { plainIndex } from "../../model/schema-change.ts";
import type { UnknownPart } from "../../model/schema.ts";
import { dialectOfDrivers } from "./dialects.ts";
import { calledName, elementsIn, entriesOf, isTrue, property, textIn, textsIn } from "./folding.ts";
import type { Scope } from "./folding.ts";
import type { SchemaSources } from "./schema-text.ts";
import { siteIn } from "./sequelize/attributes.ts";
import { readDdl } from "./sql/index.ts";
import { stepsOf } from "./steps.ts";

/** `up(queryRunner)`: SQL, and indexes that objects describe. */
export function typeOrmMigrations(sources: SchemaSources): SchemaPart[] {
  const folders = new Map<string, { files: string[]; changes: SchemaChange[]; unknown: UnknownPart[] }>();
  for (const facts of sources.migrations) {
    if (!facts.imports.includes("typeorm")) continue;
    const folder = facts.file.slice(0, Math.max(0, facts.file.lastIndexOf("/")));
    const own = folders.get(folder) ?? { files: [], changes: [], unknown: [] };
    folders.set(folder, own);
    own.files.push(facts.file);
    own.changes.push(...migrationChanges(facts, own.unknown));
  }
  return [...folders]
    .filter(([, own]) => own.changes.length > 0)
    .map(([folder, own]): SchemaPart => ({
      by: "TypeORM migrations",
      library: "typeorm",
      kind: "migrations",
      dialect: dialectOfDrivers(sources.dependencies(sources.packageDir(own.files[0] ?? ""))),
      folder,
      ...own,
    }));
}

function migrationChanges(facts: Facts, unknown: UnknownPart[]): readonly SchemaChange[] {
  const up = facts.classes
    .flatMap((one) => one.members.filter((member) => member.name === "up" && member.function !== undefined))
    .map((member) => facts.functions[member.function ?? 0]);
  return up.flatMap((fn) => {
    if (fn === undefined) return [];
    return stepsOf(facts, fn).flatMap(({ call, scope }): readonly SchemaChange[] => {
      const method = calledName(call);
      const args = call.args.map((one) => one.value);
      if (method === "query") {
        const sql = textIn(scope, args[0]);
        if (sql === undefined) return [];
        const read = readDdl(sql, { file: facts.file, line: siteIn(scope, call).line });
        unknown.push(...read.unknown);
        return read.changes;
      }
      const table = textIn(scope, args[0]);
      const second = args[1];
      const options = second?.kind === "call" ? second.args[0]?.value : second;
      if (method === "createIndex" && table !== undefined) {
        const columns = textsIn(scope, property(scope, options, "columnNames"));
        const name = textIn(scope, property(scope, options, "name"));
        return columns.length === 0
          ? []
          : [
              {
                kind: "index",
                table,
                index: plainIndex(columns, {
                  unique: isTrue(scope, property(scope, options, "isUnique")) === true,
                  site: siteIn(scope, call),
                  ...(name === undefined ? {} : { name }),
                }),
              },
            ];
      }
      if (method === "dropIndex" && table !== undefined) return [{ kind: "drop-index", table, name: textIn(scope, second) ?? "" }];
      if (method === "dropTable" && table !== undefined) return [{ kind: "drop-table", table }];
      if (method === "createTable" && args[0]?.kind === "call") return createdTable(scope, args[0]);
      return [];
    });
  });
}

function createdTable(scope: Scope, call: CallExpression): readonly SchemaChange[] {
  const options = call.args[0]?.value;
  const table = textIn(scope, property(scope, options, "name"));
  if (table === undefined) return [];
  const columns = (elementsIn(scope, property(scope, options, "columns")) ?? []).flatMap((item): readonly SchemaChange[] => {
    const said = Object.fromEntries(entriesOf(scope, item));
    const name = textIn(scope, said["name"]);
    if (name === undefined) return [];
    const isKey = isTrue(scope, said["isPrimary"]) === true;
    const site = siteIn(scope, item);
    return [
      {
        kind: "column",
        table,
        column: { name, type: textIn(scope, said["type"]) ?? "", nullable: isTrue(scope, said["isNullable"]) === true, site },
      },
      ...(isKey ? [{ kind: "primary-key", table, columns: [name] } as const] : []),
      ...(isTrue(scope, said["isUnique"]) === true
        ? [{ kind: "index", table, index: plainIndex([name], { unique: true, origin: "unique", site }) } as const]
        : []),
    ];
  });
  return [{ kind: "table", table, site: siteIn(scope, call) }, ...columns];
}
