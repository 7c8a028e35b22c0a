/** Migrations of Alembic: what `upgrade` asks of `op`, in the order of their revisions. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Facts } from "../../model/facts.ts";
import { lineAt } from "../../model/facts.ts";
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import { plainIndex } from "../../model/schema-change.ts";
import type { UnknownPart } from "../../model/schema.ts";
import { argument, calledName, isTrue, keywordOf, pathOf, scopeOf, textIn, textsIn } from "./folding.ts";
import type { Scope } from "./folding.ts";
import type { SchemaSources } from "./schema-text.ts";
import { columnChanges, constraintChanges, isColumnCall } from "./sqlalchemy-columns.ts";
import { readDdl } from "./sql/index.ts";
import { functionNamed, stepsOf } from "./steps.ts";

export function readAlembic(sources: SchemaSources): readonly SchemaPart[] {
  const folders = new Map<string, Facts[]>();
  for (const facts of sources.migrations) {
    if (facts.language !== "python" || !facts.imports.some((name) => name === "alembic" || name.startsWith("alembic."))) continue;
    if (functionNamed(facts, "upgrade") === undefined) continue;
    const folder = facts.file.slice(0, Math.max(0, facts.file.lastIndexOf("/")));
    folders.set(folder, [...(folders.get(folder) ?? []), facts]);
  }
  return [...folders].map(([folder, list]): SchemaPart => {
    const unknown: UnknownPart[] = [];
    const ordered = byRevision(list);
    const changes = ordered.flatMap((facts) => revisionChanges(facts, unknown));
    return {
      by: "Alembic",
      library: "sqlalchemy",
      kind: "migrations",
      dialect: "unknown",
      folder,
      files: ordered.map(({ file }) => file),
      changes,
      unknown,
    };
  });
}

/** A revision comes after the one that it names. */
function byRevision(list: readonly Facts[]): readonly Facts[] {
  const of = new Map<string, Facts>();
  const before = new Map<Facts, readonly string[]>();
  for (const facts of list) {
    const said = (name: string): readonly string[] => {
      const found = (facts.functions[0]?.body ?? []).find((s) => s.kind === "assign" && s.target.kind === "bind" && s.target.name === name);
      return found?.kind === "assign" ? textsIn(scopeOf(facts), found.value) : [];
    };
    const [own] = said("revision");
    if (own !== undefined) of.set(own, facts);
    before.set(facts, said("down_revision"));
  }
  const ordered: Facts[] = [];
  const seen = new Set<Facts>();
  const visit = (facts: Facts): void => {
    const todo: Facts[] = [facts];
    const line: Facts[] = [];
    // A long line of revisions is no deep recursion.
    for (let one = todo.pop(); one !== undefined; one = todo.pop()) {
      if (seen.has(one) || line.includes(one)) continue;
      line.push(one);
      for (const name of before.get(one) ?? []) {
        const earlier = of.get(name);
        if (earlier !== undefined) todo.push(earlier);
      }
    }
    for (const one of line.reverse())
      if (!seen.has(one)) {
        seen.add(one);
        ordered.push(one);
      }
  };
  for (const facts of list) visit(facts);
  return ordered;
}

function revisionChanges(facts: Facts, unknown: UnknownPart[]): readonly SchemaChange[] {
  const upgrade = functionNamed(facts, "upgrade");
  if (upgrade === undefined) return [];
  let batch: string | undefined;
  return stepsOf(facts, upgrade).flatMap(({ call, scope }) => {
    const path = pathOf(call.callee) ?? [];
    const method = path.at(-1) ?? "";
    if (method === "batch_alter_table") {
      batch = textIn(scope, call.args[0]?.value);
      return [];
    }
    if (path.length !== 2) return [];
    const inBatch = path[0] !== "op" && batch !== undefined;
    return path[0] === "op" || inBatch ? operation(method, call, scope, inBatch ? batch : undefined, unknown) : [];
  });
}

/** `batch`: the table, when the call does not name it. */
function operation(
  method: string,
  call: CallExpression,
  scope: Scope,
  batch: string | undefined,
  unknown: UnknownPart[],
): readonly SchemaChange[] {
  const { args } = call;
  const skip = batch === undefined ? 0 : -1;
  const e = (place: number, keyword?: string): Expression | undefined => argument(args, place, keyword);
  const text = (place: number, keyword?: string): string | undefined => textIn(scope, e(place, keyword));
  const site = { file: scope.facts.file, line: lineAt(scope.facts.lines, call.at) };
  const table = batch ?? text(0, "table_name") ?? "";
  switch (method) {
    case "create_table":
      return [
        { kind: "table", table: text(0) ?? "", site },
        ...args
          .slice(1)
          .flatMap(({ value }) =>
            value.kind !== "call"
              ? []
              : isColumnCall(value)
                ? columnChanges(text(0) ?? "", undefined, scope, value)
                : constraintChanges(text(0) ?? "", scope, value),
          ),
      ];
    case "drop_table":
      return [{ kind: "drop-table", table }];
    case "rename_table":
      return [{ kind: "rename-table", table: text(0) ?? "", to: text(1) ?? "" }];
    case "add_column": {
      const column = e(1 + skip, "column");
      return column?.kind === "call" ? columnChanges(table, undefined, scope, column) : [];
    }
    case "drop_column":
      return [{ kind: "drop-column", table, name: text(1 + skip, "column_name") ?? "" }];
    case "alter_column": {
      const name = text(1 + skip, "column_name") ?? "";
      const to = textIn(scope, keywordOf(args, "new_column_name"));
      const nullable = isTrue(scope, keywordOf(args, "nullable"));
      return [
        ...(nullable === undefined ? [] : [{ kind: "column", table, column: { name, nullable } } as const]),
        ...(to === undefined ? [] : [{ kind: "rename-column", table, name, to } as const]),
      ];
    }
    case "create_index":
    case "create_unique_constraint": {
      const of = batch ?? text(1, "table_name") ?? text(1, "source") ?? "";
      const name =
        textIn(scope, args[0]?.value)?.replace(/^None$/, "") ??
        (args[0]?.value.kind === "call" ? textIn(scope, args[0].value.args[0]?.value) : undefined);
      const unique = method !== "create_index" || isTrue(scope, keywordOf(args, "unique")) === true;
      const columns = textsIn(scope, e(2 + skip, "columns"));
      const where = keywordOf(args, "postgresql_where");
      const using = textIn(scope, keywordOf(args, "postgresql_using"));
      if (columns.length === 0) return [];
      const gently = isTrue(scope, keywordOf(args, "postgresql_concurrently")) === true;
      return [
        {
          kind: "index",
          table: of,
          ...(gently ? { gently } : {}),
          index: plainIndex(columns, {
            unique,
            origin: method === "create_index" ? "declared" : "unique",
            site,
            ...(name === undefined ? {} : { name }),
            ...(using === undefined ? {} : { method: using }),
            ...(where === undefined ? {} : { where: where.kind === "call" ? (textIn(scope, where.args[0]?.value) ?? "…") : "…" }),
          }),
        },
      ];
    }
    case "drop_index":
    case "drop_constraint": {
      const name =
        text(0) ??
        (args[0]?.value.kind === "call" && calledName(args[0].value) === "f" ? textIn(scope, args[0].value.args[0]?.value) : undefined);
      return name === undefined ? [] : [{ kind: "drop-index", name }];
    }
    case "create_foreign_key": {
      const source = batch ?? text(1, "source_table") ?? "";
      const name = text(0);
      return [
        {
          kind: "foreign-key",
          table: source,
          key: {
            columns: textsIn(scope, e(3 + skip, "local_cols")),
            table: text(2 + skip, "referent_table") ?? "",
            references: textsIn(scope, e(4 + skip, "remote_cols")),
            site,
            ...(name === undefined ? {} : { name }),
          },
        },
      ];
    }
    case "execute": {
      const sql = text(0) ?? (args[0]?.value.kind === "call" ? textIn(scope, args[0].value.args[0]?.value) : undefined);
      if (sql === undefined) return [];
      const read = readDdl(sql, site);
      unknown.push(...read.unknown);
      return read.changes;
    }
    default:
      return [];
  }
}
