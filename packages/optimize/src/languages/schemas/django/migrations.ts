/** Migrations of Django: the operations that each one lists. */
import type { CallExpression, Expression } from "../../../model/facts-expressions.ts";
import type { Facts } from "../../../model/facts.ts";
import { lineAt } from "../../../model/facts.ts";
import type { SchemaChange } from "../../../model/schema-change.ts";
import type { SchemaSite, UnknownPart } from "../../../model/schema.ts";
import { argument, calledName, elementsIn, entriesOf, folded, isTrue, keywordOf, property, scopeOf, textIn, textsIn } from "../folding.ts";
import type { Scope } from "../folding.ts";
import type { SchemaSources } from "../schema-text.ts";
import { readDdl } from "../sql/index.ts";
import type { App } from "./apps.ts";
import { fieldChanges, fieldKind } from "./fields.ts";
import { indexChange, optionChanges } from "./meta.ts";

/** What an application's migrations know while they are applied: columns of fields, tables of models. */
export interface AppState {
  readonly app: App;
  readonly tables: Map<string, string>;
  readonly columns: Map<string, string>;
  /** What `unique_together` and `index_together` hold, which each change of them says anew. */
  readonly together: Map<string, readonly (readonly string[])[]>;
  readonly unknown: UnknownPart[];
}

interface Place {
  readonly sources: SchemaSources;
  readonly facts: Facts;
  readonly scope: Scope;
  readonly state: AppState;
}

/** The class of a migration file; undefined when it is none. */
function migrationOf(facts: Facts): { operations: Expression | undefined; replaces: readonly string[] } | undefined {
  const found = facts.classes.find((one) => one.name === "Migration" && one.parent === 0);
  if (found === undefined || !facts.imports.some((name) => name.startsWith("django.db") || name.startsWith("django.contrib")))
    return undefined;
  const scope = scopeOf(facts);
  const said = (name: string): Expression | undefined => found.members.find((member) => member.name === name)?.value;
  return {
    operations: said("operations"),
    replaces: (elementsIn(scope, said("replaces")) ?? []).flatMap((pair) => textsIn(scope, pair)[1] ?? []),
  };
}

export function isDjangoMigration(facts: Facts): boolean {
  return facts.language === "python" && migrationOf(facts) !== undefined;
}

/** Migrations that another one stands for, when all of them are there, are applied and not the other one. */
export function isStandIn(facts: Facts, names: ReadonlySet<string>): boolean {
  const replaces = migrationOf(facts)?.replaces ?? [];
  return replaces.length > 0 && replaces.every((name) => names.has(name));
}

export function djangoMigration(sources: SchemaSources, facts: Facts, state: AppState): readonly SchemaChange[] {
  const scope = scopeOf(facts);
  return operations({ sources, facts, scope, state }, migrationOf(facts)?.operations);
}

function operations(place: Place, list: Expression | undefined): readonly SchemaChange[] {
  return (elementsIn(place.scope, list) ?? []).flatMap((item) => {
    const call = folded(place.scope, item);
    return call?.kind === "call" ? operation(place, call) : [];
  });
}

function operation(place: Place, call: CallExpression): readonly SchemaChange[] {
  const { scope, state } = place;
  const { args } = call;
  const text = (at: number, keyword: string): string => textIn(scope, argument(args, at, keyword)) ?? "";
  switch (calledName(call)) {
    case "CreateModel":
      return createModel(place, call);
    case "DeleteModel":
      return [{ kind: "drop-table", table: tableOf(state, text(0, "name")) }];
    case "RenameModel": {
      const table = tableOf(state, text(0, "old_name"));
      const to = tableOf(state, text(1, "new_name"));
      for (const [key, column] of new Map(state.columns))
        if (key.startsWith(`${table}.`)) state.columns.set(`${to}${key.slice(table.length)}`, column);
      return [{ kind: "rename-table", table, to }];
    }
    case "AlterModelTable": {
      const table = tableOf(state, text(0, "name"));
      const to = text(1, "table");
      if (to === "") return [];
      state.tables.set(text(0, "name").toLowerCase(), to);
      return [{ kind: "rename-table", table, to }];
    }
    case "AddField":
      return field(place, tableOf(state, text(0, "model_name")), text(1, "name"), argument(args, 2, "field"), false);
    case "AlterField":
      return field(place, tableOf(state, text(0, "model_name")), text(1, "name"), argument(args, 2, "field"), true);
    case "RemoveField": {
      const table = tableOf(state, text(0, "model_name"));
      return [{ kind: "drop-column", table, name: columnOf(state, table, text(1, "name")) }];
    }
    case "RenameField": {
      const table = tableOf(state, text(0, "model_name"));
      const before = columnOf(state, table, text(1, "old_name"));
      const to = text(2, "new_name") + (before.endsWith("_id") && before !== text(1, "old_name") ? "_id" : "");
      state.columns.set(`${table}.${text(2, "new_name")}`, to);
      return [{ kind: "rename-column", table, name: before, to }];
    }
    case "AlterUniqueTogether":
    case "AlterIndexTogether":
    case "AlterModelOptions": {
      const table = tableOf(state, text(0, "name"));
      const keyword =
        calledName(call) === "AlterUniqueTogether"
          ? "unique_together"
          : calledName(call) === "AlterIndexTogether"
            ? "index_together"
            : "options";
      const value = argument(args, 1, keyword);
      const meta = { table, scope, site: siteOf(place, call), column: (name: string) => columnOf(state, table, name) };
      if (value === undefined) return [];
      return keyword === "options"
        ? entriesOf(scope, value).flatMap(([name, one]) => optionChanges(name, one, meta))
        : together(state, table, keyword, optionChanges(keyword, value, meta));
    }
    case "AddIndex":
    case "AddIndexConcurrently":
    case "AddConstraint": {
      const table = tableOf(state, text(0, "model_name"));
      const index = folded(scope, argument(args, 1, "index") ?? argument(args, 1, "constraint"));
      const change =
        index?.kind === "call"
          ? indexChange(index, { table, scope, site: siteOf(place, call), column: (name) => columnOf(state, table, name) })
          : undefined;
      if (change === undefined) return [];
      return [change.kind === "index" && calledName(call) === "AddIndexConcurrently" ? { ...change, gently: true } : change];
    }
    case "RemoveIndex":
    case "RemoveIndexConcurrently":
    case "RemoveConstraint":
      return [{ kind: "drop-index", table: tableOf(state, text(0, "model_name")), name: text(1, "name") }];
    case "RenameIndex":
      return [
        {
          kind: "rename-index",
          name: textIn(scope, keywordOf(args, "old_name")) ?? "",
          to: textIn(scope, keywordOf(args, "new_name")) ?? "",
        },
      ];
    case "SeparateDatabaseAndState":
      return operations(place, argument(args, 0, "database_operations"));
    case "RunSQL": {
      const sql = argument(args, 0, "sql");
      const texts = textsIn(scope, sql);
      if (texts.length === 0) return [];
      const read = readDdl(texts.join(";\n"), { file: place.facts.file, line: siteOf(place, call).line });
      state.unknown.push(...read.unknown);
      return read.changes;
    }
    default:
      return [];
  }
}

function createModel(place: Place, call: CallExpression): readonly SchemaChange[] {
  const { scope, state } = place;
  const name = textIn(scope, argument(call.args, 0, "name")) ?? "";
  const options = keywordOf(call.args, "options");
  if (isTrue(scope, property(scope, options, "abstract")) === true || isTrue(scope, property(scope, options, "proxy")) === true) return [];
  if (isTrue(scope, property(scope, options, "managed")) === false) return [];
  const own = textIn(scope, property(scope, options, "db_table"));
  if (own !== undefined) state.tables.set(name.toLowerCase(), own);
  const table = tableOf(state, name);
  const changes: SchemaChange[] = [{ kind: "table", table, model: name, site: siteOf(place, call) }];
  for (const pair of elementsIn(scope, argument(call.args, 1, "fields")) ?? []) {
    const [first, second] = elementsIn(scope, pair) ?? [];
    const fieldName = textIn(scope, first);
    if (fieldName !== undefined) changes.push(...field(place, table, fieldName, second, false));
  }
  const meta = { table, scope, site: siteOf(place, call), column: (one: string) => columnOf(state, table, one) };
  for (const [option, value] of entriesOf(scope, options))
    changes.push(
      ...(option.endsWith("_together")
        ? together(state, table, option, optionChanges(option, value, meta))
        : optionChanges(option, value, meta)),
    );
  return changes;
}

/** The groups of before go, those of now come. */
function together(state: AppState, table: string, keyword: string, now: readonly SchemaChange[]): readonly SchemaChange[] {
  const key = `${table}.${keyword}`;
  const before = state.together.get(key) ?? [];
  state.together.set(
    key,
    now.flatMap((change) => (change.kind === "index" ? [change.index.columns.flatMap(({ name }) => name ?? [])] : [])),
  );
  return [...before.map((columns): SchemaChange => ({ kind: "drop-index", table, columns, unnamed: true, replaced: true })), ...now];
}

function field(place: Place, table: string, name: string, value: Expression | undefined, altered: boolean): readonly SchemaChange[] {
  const { sources, facts, scope, state } = place;
  const call = folded(scope, value);
  const kind = call?.kind === "call" ? fieldKind(sources, facts, call) : undefined;
  if (call?.kind !== "call" || kind === undefined) return [];
  const target = (e: Expression | undefined): string | undefined => {
    const text = textIn(scope, e);
    if (text === undefined) return e?.kind === "member" && e.name === "AUTH_USER_MODEL" ? "auth_user" : undefined;
    const [label, model] = text.includes(".") ? text.split(".") : [state.app.label, text];
    return label === state.app.label ? tableOf(state, model ?? "") : `${label}_${(model ?? "").toLowerCase()}`;
  };
  const changes = fieldChanges(kind, { table, name, scope, call, site: siteOf(place, call), target });
  const column = changes.find((change) => change.kind === "column");
  if (column?.kind === "column") state.columns.set(`${table}.${name}`, column.column.name);
  if (!altered || column?.kind !== "column") return changes;
  // The index and the uniqueness that a field has by itself come and go with what it says.
  const { site: _, ...rest } = column.column;
  return [
    { kind: "drop-index", table, columns: [column.column.name], unnamed: true, replaced: true },
    ...changes
      .map((change) => (change === column ? { ...column, column: rest } : change))
      .filter((change) => change.kind !== "foreign-key" && change.kind !== "relation"),
  ];
}

function tableOf({ app, tables }: AppState, model: string): string {
  return tables.get(model.toLowerCase()) ?? `${app.label}_${model.toLowerCase()}`;
}

function columnOf({ columns }: AppState, table: string, name: string): string {
  return columns.get(`${table}.${name}`) ?? name;
}

function siteOf({ facts }: Place, call: CallExpression): SchemaSite {
  return { file: facts.file, line: lineAt(facts.lines, call.at) };
}
