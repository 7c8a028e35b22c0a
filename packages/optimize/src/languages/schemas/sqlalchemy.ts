/** Models of SQLAlchemy and Flask-SQLAlchemy. A foreign key gets no index. */
import { lineAt } from "../../model/facts.ts";
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import { readAlembic } from "./alembic.ts";
import { ancestryOf, fieldsOf } from "./classes.ts";
import type { ClassAt, MemberAt } from "./classes.ts";
import { elementsIn, folded, scopeOf, textIn } from "./folding.ts";
import { snake } from "./plurals.ts";
import type { SchemaSources } from "./schema-text.ts";
import { annotatedType, columnChanges, constraintChanges, isColumnCall } from "./sqlalchemy-columns.ts";

const isLibrary = (name: string): boolean => /^(?:sqlalchemy|flask_sqlalchemy|sqlmodel)(?:\.|$)/.test(name);

export function readSqlAlchemy(sources: SchemaSources): readonly SchemaPart[] {
  const files = new Set<string>();
  const changes: SchemaChange[] = [];
  for (const facts of sources.facts.values()) {
    if (facts.language !== "python") continue;
    for (const one of facts.classes) {
      const at = { facts, class: one };
      const own = modelChanges(sources, at);
      if (own.length > 0) files.add(facts.file);
      changes.push(...own);
    }
    const tables = facts.imports.some(isLibrary) ? tableCalls(facts) : [];
    if (tables.length > 0) files.add(facts.file);
    changes.push(...tables);
  }
  const models: readonly SchemaPart[] =
    changes.length === 0
      ? []
      : [
          {
            by: "SQLAlchemy",
            library: "sqlalchemy",
            kind: "models",
            dialect: "unknown",
            folder: "",
            files: [...files],
            changes,
            unknown: [],
          },
        ];
  return [...models, ...readAlembic(sources)];
}

function modelChanges(sources: SchemaSources, at: ClassAt): readonly SchemaChange[] {
  const scope = scopeOf(at.facts);
  const table = tableNameOf(sources, at);
  if (table === undefined) return [];
  const { classes } = ancestryOf(sources, at);
  const changes: SchemaChange[] = [
    { kind: "table", table, model: at.class.name, site: { file: at.facts.file, line: lineAt(at.facts.lines, at.class.at) } },
  ];
  for (const field of fieldsOf(classes)) changes.push(...fieldChanges(table, field));
  for (const one of classes) {
    const args = one.class.members.find((member) => member.name === "__table_args__")?.value;
    for (const item of elementsIn(scopeOf(one.facts), args) ?? []) {
      const call = folded(scopeOf(one.facts), item);
      if (call?.kind === "call") changes.push(...constraintChanges(table, scopeOf(one.facts), call));
    }
  }
  void scope;
  return changes.some((change) => change.kind === "column") ? changes : [];
}

/** `__tablename__`, else the class's name where Flask-SQLAlchemy chooses it. */
function tableNameOf(sources: SchemaSources, { facts, class: own }: ClassAt): string | undefined {
  const said = textIn(scopeOf(facts), own.members.find((member) => member.name === "__tablename__")?.value);
  if (said !== undefined) return said;
  const base = own.bases.find((one) => one.kind === "member" && one.name === "Model" && one.object.kind === "name");
  if (base === undefined || own.members.some((member) => member.name === "__abstract__")) return undefined;
  void sources;
  return own.members.some((member) => member.value?.kind === "call" && isColumnCall(member.value)) ? snake(own.name) : undefined;
}

function fieldChanges(table: string, { at, member }: MemberAt): readonly SchemaChange[] {
  const scope = scopeOf(at.facts);
  const type = member.type?.kind === "name" && member.type.path.at(-1) === "Mapped" ? member.type.args[0] : undefined;
  const options = type?.kind === "union" ? type.of : type === undefined ? [] : [type];
  const names = options.flatMap((one) =>
    one.kind === "name"
      ? one.path.at(-1) === "Optional"
        ? one.args.flatMap((inner) => (inner.kind === "name" ? (inner.path.at(-1) ?? []) : inner.kind === "primitive" ? inner.name : []))
        : (one.path.at(-1) ?? [])
      : one.kind === "primitive"
        ? one.name
        : [],
  );
  const annotated =
    type === undefined
      ? undefined
      : {
          type: annotatedType(names.find((name) => name !== "None" && name !== "null")),
          nullable: options.length > 1 || (type.kind === "name" && type.path.at(-1) === "Optional"),
        };
  if (member.value?.kind === "call" && isColumnCall(member.value)) return columnChanges(table, member.name, scope, member.value, annotated);
  if (member.value !== undefined || annotated === undefined || annotated.type === "") return [];
  return [
    {
      kind: "column",
      table,
      column: { name: member.name, ...annotated, site: { file: at.facts.file, line: lineAt(at.facts.lines, member.at) } },
    },
  ];
}

/** `users = Table("users", metadata, Column(…), Index(…))`. */
function tableCalls(facts: ClassAt["facts"]): readonly SchemaChange[] {
  const scope = scopeOf(facts);
  return (facts.functions[0]?.body ?? []).flatMap((s): readonly SchemaChange[] => {
    const call = s.kind === "assign" && s.value?.kind === "call" ? s.value : undefined;
    const callee = call?.callee.kind === "name" || call?.callee.kind === "member" ? call.callee.name : "";
    const table = call === undefined || callee !== "Table" ? undefined : textIn(scope, call.args[0]?.value);
    if (call === undefined || table === undefined) return [];
    const model = s.kind === "assign" && s.target.kind === "bind" ? s.target.name : table;
    return [
      { kind: "table", table, model, site: { file: facts.file, line: lineAt(facts.lines, call.at) } },
      ...call.args
        .slice(2)
        .flatMap(({ value }) =>
          value.kind !== "call"
            ? []
            : isColumnCall(value)
              ? columnChanges(table, undefined, scope, value)
              : constraintChanges(table, scope, value),
        ),
    ];
  });
}
