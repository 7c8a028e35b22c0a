/** Entities of TypeORM and its migrations, which are SQL in calls. A foreign key gets no index unless the server makes one. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import { lineAt } from "../../model/facts.ts";
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import { plainIndex } from "../../model/schema-change.ts";
import type { SchemaSite } from "../../model/schema.ts";
import { ancestryOf, decoratorsOf, fieldsOf, meaningOf } from "./classes.ts";
import type { ClassAt, MemberAt } from "./classes.ts";
import { dialectOfDrivers } from "./dialects.ts";
import { elementsIn, isTrue, objectIn, property, scopeOf, textIn, textsIn } from "./folding.ts";
import { snake } from "./plurals.ts";
import type { SchemaSources } from "./schema-text.ts";
import { deletion, siteIn } from "./sequelize/attributes.ts";
import { typeOrmMigrations } from "./typeorm-migrations.ts";

const isLibrary = (specifier: string): boolean => specifier === "typeorm" || specifier === "@nestjs/typeorm";
const columnKinds = [
  "Column",
  "PrimaryColumn",
  "PrimaryGeneratedColumn",
  "CreateDateColumn",
  "UpdateDateColumn",
  "DeleteDateColumn",
  "VersionColumn",
];
const ofAnnotation: Readonly<Record<string, string>> = { string: "varchar", number: "integer", boolean: "boolean", Date: "timestamp" };

export function readTypeOrm(sources: SchemaSources): readonly SchemaPart[] {
  const packages = new Map<string, { files: Set<string>; changes: SchemaChange[] }>();
  for (const facts of sources.facts.values()) {
    if (!facts.imports.includes("typeorm")) continue;
    for (const one of facts.classes) {
      const changes = entityChanges(sources, { facts, class: one });
      if (changes.length === 0) continue;
      const dir = sources.packageDir(facts.file);
      const own = packages.get(dir) ?? { files: new Set<string>(), changes: [] };
      packages.set(dir, own);
      own.files.add(facts.file);
      own.changes.push(...changes);
    }
  }
  const models = [...packages].map(([folder, { files, changes }]): SchemaPart => ({
    by: "TypeORM",
    library: "typeorm",
    kind: "models",
    dialect: dialectOfDrivers(sources.dependencies(folder)),
    folder,
    files: [...files],
    changes,
    unknown: [],
  }));
  return [...models, ...typeOrmMigrations(sources)];
}

function tableOf(at: ClassAt): string | undefined {
  const decorators = decoratorsOf(at.facts, at.class.decorators, isLibrary);
  if (!decorators.has("Entity")) return undefined;
  const scope = scopeOf(at.facts);
  const first = decorators.get("Entity")?.args[0]?.value;
  return textIn(scope, first) ?? textIn(scope, property(scope, first, "name")) ?? snake(at.class.name);
}

function entityChanges(sources: SchemaSources, at: ClassAt): readonly SchemaChange[] {
  const table = tableOf(at);
  if (table === undefined) return [];
  const { classes } = ancestryOf(sources, at);
  const changes: SchemaChange[] = [
    { kind: "table", table, model: at.class.name, site: { file: at.facts.file, line: lineAt(at.facts.lines, at.class.at) } },
  ];
  const columns = new Map<string, string>();
  for (const field of fieldsOf(classes)) {
    const own = fieldChanges(sources, table, field);
    const column = own.find((change) => change.kind === "column");
    if (column?.kind === "column") columns.set(field.member.name, column.column.name);
    changes.push(...own);
  }
  for (const one of classes)
    for (const decorator of one.class.decorators) changes.push(...classIndex(table, one, decorator, (name) => columns.get(name) ?? name));
  return changes;
}

/** `@Index(["a", "b"], { unique: true })`, `@Index("name", ["a"])`, `@Unique(["a"])`. */
function classIndex(table: string, at: ClassAt, decorator: Expression, column: (name: string) => string): readonly SchemaChange[] {
  const [kind, call] = [...decoratorsOf(at.facts, [decorator], isLibrary)][0] ?? [];
  if (call === undefined || (kind !== "Index" && kind !== "Unique")) return [];
  const scope = scopeOf(at.facts);
  const list = call.args.map((one) => one.value).find((e) => elementsIn(scope, e) !== undefined);
  const names =
    list === undefined ? (kind === "Unique" ? call.args.flatMap((one) => textIn(scope, one.value) ?? []) : []) : textsIn(scope, list);
  if (names.length === 0) return [];
  const options = call.args.map((one) => one.value).find((e) => objectIn(scope, e) !== undefined);
  const unique = kind === "Unique" || isTrue(scope, property(scope, options, "unique")) === true;
  const where = textIn(scope, property(scope, options, "where"));
  const name = list === call.args[0]?.value ? undefined : textIn(scope, call.args[0]?.value);
  return [
    {
      kind: "index",
      table,
      index: plainIndex(names.map(column), {
        unique,
        origin: kind === "Unique" ? "unique" : "declared",
        site: siteIn(scope, call),
        ...(name === undefined ? {} : { name }),
        ...(where === undefined ? {} : { where }),
      }),
    },
  ];
}

function fieldChanges(sources: SchemaSources, table: string, { at, member }: MemberAt): readonly SchemaChange[] {
  const { facts } = at;
  const scope = scopeOf(facts);
  const found = decoratorsOf(facts, member.decorators, isLibrary);
  const start = Math.min(member.at, ...member.decorators.map((one) => one.at));
  const site: SchemaSite = { file: facts.file, line: lineAt(facts.lines, start) };
  const relation = ["ManyToOne", "OneToOne", "OneToMany", "ManyToMany"].find((name) => found.has(name));
  if (relation !== undefined) return relationChanges(sources, table, { at, member }, relation, found, site);
  const kind = columnKinds.find((name) => found.has(name));
  if (kind === undefined) return [];
  const call = found.get(kind);
  const args = call?.args.map((one) => one.value) ?? [];
  const options = args.find((e) => objectIn(scope, e) !== undefined);
  const annotation =
    member.type?.kind === "primitive" ? member.type.name : member.type?.kind === "name" ? (member.type.path.at(-1) ?? "") : "";
  const said = textIn(scope, args[0]) ?? textIn(scope, property(scope, options, "type"));
  const type =
    kind === "PrimaryGeneratedColumn"
      ? said === "uuid"
        ? "uuid"
        : "integer"
      : (said ?? (kind.endsWith("DateColumn") ? "timestamp" : (ofAnnotation[annotation] ?? "")));
  const name = textIn(scope, property(scope, options, "name")) ?? member.name;
  const isKey = kind.startsWith("Primary") || isTrue(scope, property(scope, options, "primary")) === true;
  const values = type.startsWith("bool")
    ? ["false", "true"]
    : type === "enum"
      ? textsIn(scope, property(scope, options, "enum"))
      : undefined;
  const changes: SchemaChange[] = [
    {
      kind: "column",
      table,
      column: {
        name,
        ...(name === member.name ? {} : { property: member.name }),
        type,
        nullable: kind === "DeleteDateColumn" || isTrue(scope, property(scope, options, "nullable")) === true,
        ...defaultOf(property(scope, options, "default")),
        ...(values === undefined ? {} : { values }),
        ...(kind === "PrimaryGeneratedColumn" && said !== "uuid" ? { generated: "identity" as const } : {}),
        site,
      },
    },
  ];
  if (isKey) changes.push({ kind: "primary-key", table, columns: [name] });
  if (isTrue(scope, property(scope, options, "unique")) === true)
    changes.push({ kind: "index", table, index: plainIndex([name], { unique: true, origin: "unique", site }) });
  if (found.has("Index")) {
    const given = found
      .get("Index")
      ?.args.map((one) => one.value)
      .find((e) => objectIn(scope, e) !== undefined);
    const where = textIn(scope, property(scope, given, "where"));
    changes.push({
      kind: "index",
      table,
      index: plainIndex([name], {
        unique: isTrue(scope, property(scope, given, "unique")) === true,
        site,
        ...(where === undefined ? {} : { where }),
      }),
    });
  }
  return changes;
}

function defaultOf(e: Expression | undefined): { readonly default?: string } {
  return e?.kind === "literal" && e.value !== null ? { default: String(e.value) } : {};
}

function relationChanges(
  sources: SchemaSources,
  table: string,
  { at, member }: MemberAt,
  relation: string,
  found: ReadonlyMap<string, CallExpression | undefined>,
  site: SchemaSite,
): readonly SchemaChange[] {
  const scope = scopeOf(at.facts);
  const call = found.get(relation);
  const meaning = meaningOf(sources, at.facts, call?.args[0]?.value);
  const target = meaning?.kind === "class" ? tableOf(meaning.at) : undefined;
  if (target === undefined) return [];
  const many = relation.endsWith("Many");
  const changes: SchemaChange[] = [
    { kind: "relation", table, relation: { name: member.name, kind: many ? "many" : "one", table: target } },
  ];
  if (many || (relation === "OneToOne" && !found.has("JoinColumn"))) return changes;
  const column = textIn(scope, property(scope, found.get("JoinColumn")?.args[0]?.value, "name")) ?? `${member.name}Id`;
  const options = call?.args.map((one) => one.value).find((e) => objectIn(scope, e) !== undefined);
  changes.push({
    kind: "column",
    table,
    column: { name: column, property: member.name, nullable: isTrue(scope, property(scope, options, "nullable")) !== false, site },
  });
  if (isTrue(scope, property(scope, options, "createForeignKeyConstraints")) !== false)
    changes.push({
      kind: "foreign-key",
      table,
      key: { columns: [column], table: target, references: [], site, ...deletion(textIn(scope, property(scope, options, "onDelete"))) },
    });
  if (relation === "OneToOne")
    changes.push({ kind: "index", table, index: plainIndex([column], { unique: true, origin: "unique", site }) });
  if (found.has("Index")) changes.push({ kind: "index", table, index: plainIndex([column], { site }) });
  return changes;
}
