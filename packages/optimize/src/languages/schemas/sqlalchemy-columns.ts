/** `Column(…)` and `mapped_column(…)` of SQLAlchemy, in models and in Alembic. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import { lineAt } from "../../model/facts.ts";
import type { SchemaChange } from "../../model/schema-change.ts";
import { plainIndex } from "../../model/schema-change.ts";
import type { ForeignKey, SchemaSite } from "../../model/schema.ts";
import { calledName, folded, isTrue, keywordOf, numberIn, pathOf, textIn, textsIn } from "./folding.ts";
import type { Scope } from "./folding.ts";
import { deletion } from "./sequelize/attributes.ts";

const types: Readonly<Record<string, string>> = {
  Integer: "integer",
  BigInteger: "bigint",
  SmallInteger: "smallint",
  String: "varchar",
  Unicode: "varchar",
  Text: "text",
  UnicodeText: "text",
  Boolean: "boolean",
  DateTime: "timestamp",
  TIMESTAMP: "timestamp",
  Date: "date",
  Time: "time",
  Interval: "interval",
  Float: "double precision",
  Numeric: "numeric",
  LargeBinary: "bytea",
  JSON: "json",
  JSONB: "jsonb",
  UUID: "uuid",
  Uuid: "uuid",
  ARRAY: "text[]",
  Enum: "enum",
  int: "integer",
  str: "varchar",
  bool: "boolean",
  float: "double precision",
  datetime: "timestamp",
  string: "varchar",
  number: "integer",
};

export function isColumnCall(call: CallExpression): boolean {
  return /^(?:Column|mapped_column)$/.test(calledName(call));
}

/** `name` is what the attribute is called; a text in the call is the column's own. `annotated`: the type that `Mapped[…]` says. */
export function columnChanges(
  table: string,
  name: string | undefined,
  scope: Scope,
  call: CallExpression,
  annotated?: { readonly type: string; readonly nullable: boolean },
): readonly SchemaChange[] {
  const plain = call.args.filter((one) => one.name === undefined && !one.spread).map((one) => one.value);
  const own = textIn(scope, plain[0]) ?? textIn(scope, keywordOf(call.args, "name"));
  const column = own ?? name;
  if (column === undefined) return [];
  const site: SchemaSite = { file: scope.facts.file, line: lineAt(scope.facts.lines, call.at) };
  const rest = own === undefined || textIn(scope, plain[0]) === undefined ? plain : plain.slice(1);
  const key = rest.map((e) => folded(scope, e)).find((e) => e?.kind === "call" && calledName(e) === "ForeignKey");
  const { type, values } = typeIn(scope, rest.find((e) => e !== key) ?? keywordOf(call.args, "type_"));
  const flag = (keyword: string): boolean | undefined => isTrue(scope, keywordOf(call.args, keyword));
  const isKey = flag("primary_key") === true;
  const fallback = folded(scope, keywordOf(call.args, "default"));
  const changes: SchemaChange[] = [
    {
      kind: "column",
      table,
      column: {
        name: column,
        ...(name === undefined || name === column ? {} : { property: name }),
        type: type === "" ? (annotated?.type ?? "") : type,
        nullable: !isKey && (flag("nullable") ?? annotated?.nullable ?? true),
        ...(fallback?.kind === "literal" && fallback.value !== null ? { default: String(fallback.value) } : {}),
        ...(values === undefined ? {} : { values }),
        site,
      },
    },
  ];
  if (isKey) changes.push({ kind: "primary-key", table, columns: [column] });
  if (flag("unique") === true)
    changes.push({ kind: "index", table, index: plainIndex([column], { unique: true, origin: "unique", site }) });
  else if (flag("index") === true) changes.push({ kind: "index", table, index: plainIndex([column], { site }) });
  if (key?.kind === "call") {
    const reference = foreignKey([column], scope, key, site);
    if (reference !== undefined) changes.push({ kind: "foreign-key", table, key: reference });
  }
  return changes;
}

/** `ForeignKey("users.id", ondelete="CASCADE")`, `ForeignKey(User.id)`. */
function foreignKey(columns: readonly string[], scope: Scope, call: CallExpression, site: SchemaSite): ForeignKey | undefined {
  const text = textIn(scope, call.args[0]?.value) ?? pathOf(call.args[0]?.value)?.join(".");
  const parts = text?.split(".") ?? [];
  const table = parts.at(-2);
  if (table === undefined) return undefined;
  return { columns, table, references: [parts.at(-1) ?? ""], site, ...deletion(textIn(scope, keywordOf(call.args, "ondelete"))) };
}

function typeIn(scope: Scope, e: Expression | undefined): { readonly type: string; readonly values?: readonly string[] } {
  const value = folded(scope, e);
  const name = value?.kind === "call" ? calledName(value) : (pathOf(value)?.at(-1) ?? "");
  const type = types[name] ?? "";
  if (type === "boolean") return { type, values: ["false", "true"] };
  if (type === "enum") {
    const values =
      value?.kind === "call" ? value.args.filter((one) => one.name === undefined).flatMap((one) => textIn(scope, one.value) ?? []) : [];
    return { type, values };
  }
  const length = value?.kind === "call" ? numberIn(scope, value.args[0]?.value ?? keywordOf(value.args, "length")) : undefined;
  return { type: type === "varchar" && length !== undefined ? `varchar(${length})` : type };
}

export function annotatedType(text: string | undefined): string {
  return types[text ?? ""] ?? "";
}

/** `Index("name", "a", "b", unique=True)`, `UniqueConstraint("a", "b")`, `ForeignKeyConstraint(["a"], ["t.a"])`, `PrimaryKeyConstraint("a")`. */
export function constraintChanges(table: string, scope: Scope, call: CallExpression): readonly SchemaChange[] {
  const site: SchemaSite = { file: scope.facts.file, line: lineAt(scope.facts.lines, call.at) };
  const plain = call.args.filter((one) => one.name === undefined && !one.spread).map((one) => one.value);
  const texts = plain.map((e) => textIn(scope, e) ?? pathOf(e)?.at(-1));
  const name = textIn(scope, keywordOf(call.args, "name"));
  const named = name === undefined ? {} : { name };
  switch (calledName(call)) {
    case "Index": {
      const columns = texts.slice(1);
      // What is neither a name nor a column is an expression.
      const index = plainIndex([], {
        ...(texts[0] === undefined ? {} : { name: texts[0] }),
        unique: isTrue(scope, keywordOf(call.args, "unique")) === true,
        site,
      });
      const where = keywordOf(call.args, "postgresql_where") ?? keywordOf(call.args, "sqlite_where");
      const method = textIn(scope, keywordOf(call.args, "postgresql_using"));
      return [
        {
          kind: "index",
          table,
          index: {
            ...index,
            ...(method === undefined ? {} : { method }),
            ...(where === undefined ? {} : { where: where.kind === "call" ? (textIn(scope, where.args[0]?.value) ?? "…") : "…" }),
            columns: columns.map((column) => (column === undefined ? { expression: "", order: "asc" } : { name: column, order: "asc" })),
          },
        },
      ];
    }
    case "UniqueConstraint":
      return [
        {
          kind: "index",
          table,
          index: plainIndex(
            texts.flatMap((text) => text ?? []),
            { ...named, unique: true, origin: "unique", site },
          ),
        },
      ];
    case "PrimaryKeyConstraint":
      return [{ kind: "primary-key", table, columns: texts.flatMap((text) => text ?? []) }];
    case "ForeignKeyConstraint": {
      const to = textsIn(scope, plain[1]).map((text) => text.split("."));
      const target = to[0]?.at(-2);
      if (target === undefined) return [];
      const key: ForeignKey = {
        columns: textsIn(scope, plain[0]),
        table: target,
        references: to.map((parts) => parts.at(-1) ?? ""),
        site,
        ...named,
        ...deletion(textIn(scope, keywordOf(call.args, "ondelete"))),
      };
      return [{ kind: "foreign-key", table, key }];
    }
    default:
      return [];
  }
}
