/** What `class Meta`, or the options of a migration, say of a table: indexes, constraints, order. */
import type { CallExpression, Expression } from "../../../model/facts-expressions.ts";
import type { SchemaChange } from "../../../model/schema-change.ts";
import { plainIndex } from "../../../model/schema-change.ts";
import type { IndexColumn, SchemaSite } from "../../../model/schema.ts";
import { argument, calledName, elementsIn, folded, keywordOf, textIn, textsIn } from "../folding.ts";
import type { Scope } from "../folding.ts";

export interface MetaPlace {
  readonly table: string;
  readonly scope: Scope;
  readonly site: SchemaSite;
  /** Column of a field. */
  readonly column: (field: string) => string;
}

/** One option by its name. */
export function optionChanges(name: string, value: Expression, place: MetaPlace): readonly SchemaChange[] {
  const { table, scope, site, column } = place;
  switch (name) {
    case "unique_together":
    case "index_together": {
      const unique = name === "unique_together";
      return groups(scope, value).map((fields) => ({
        kind: "index",
        table,
        index: plainIndex(fields.map(column), { unique, origin: unique ? "unique" : "declared", site }),
      }));
    }
    case "indexes":
    case "constraints":
      return (elementsIn(scope, value) ?? []).flatMap((item) => {
        const call = folded(scope, item);
        return call?.kind === "call" ? (indexChange(call, place) ?? []) : [];
      });
    case "ordering": {
      const columns = (elementsIn(scope, value) ?? []).map((item) => orderOf(scope, item, column));
      return columns.some((one) => one === undefined) ? [] : [{ kind: "ordering", table, columns: columns as IndexColumn[], site }];
    }
    default:
      return [];
  }
}

/** `("a", "b")` as well as `(("a", "b"), ("c", "d"))`. */
function groups(scope: Scope, value: Expression): readonly (readonly string[])[] {
  const elements = elementsIn(scope, value) ?? [];
  if (elements.length === 0) return [];
  return elements.every((one) => textIn(scope, one) !== undefined)
    ? [textsIn(scope, value)]
    : elements.map((one) => textsIn(scope, one)).filter((one) => one.length > 0);
}

/** `"-created_at"`, `F("created_at").desc()`; undefined for what is no column. */
export function orderOf(scope: Scope, item: Expression, column: (field: string) => string): IndexColumn | undefined {
  const text = textIn(scope, item);
  if (text !== undefined) {
    const name = text.replace(/^[-+]/, "");
    return name.includes("__") || name === "?" ? undefined : { name: column(name), order: text.startsWith("-") ? "desc" : "asc" };
  }
  const call = folded(scope, item);
  if (call?.kind !== "call") return undefined;
  const { callee } = call;
  if (callee.kind === "member" && (callee.name === "desc" || callee.name === "asc")) {
    const inner = orderOf(scope, callee.object, column);
    return inner === undefined ? undefined : { ...inner, order: callee.name };
  }
  const name = calledName(call) === "F" ? textIn(scope, call.args[0]?.value) : undefined;
  return name === undefined || name.includes("__") ? undefined : { name: column(name), order: "asc" };
}

const methods: Readonly<Record<string, string>> = {
  Index: "btree",
  BTreeIndex: "btree",
  GinIndex: "gin",
  GistIndex: "gist",
  HashIndex: "hash",
  BrinIndex: "brin",
  SpGistIndex: "spgist",
  BloomIndex: "bloom",
};

export function indexChange(call: CallExpression, { table, scope, site, column }: MetaPlace): SchemaChange | undefined {
  const kind = calledName(call);
  const isUnique = kind === "UniqueConstraint";
  const method = isUnique ? "btree" : methods[kind];
  if (method === undefined) return undefined;
  const { args } = call;
  const opclasses = textsIn(scope, keywordOf(args, "opclasses"));
  const listed = (elementsIn(scope, keywordOf(args, "fields")) ?? []).map((item) => orderOf(scope, item, column));
  const expressions = args
    .filter((one) => one.name === undefined && !one.spread)
    .map(({ value }): IndexColumn => orderOf(scope, value, column) ?? expressionOf(scope, value, column));
  const columns = [...listed, ...expressions].flatMap((one, at): IndexColumn[] =>
    one === undefined ? [] : [{ ...one, ...(opclasses[at] === undefined ? {} : { opclass: opclasses[at] }) }],
  );
  if (columns.length === 0) return undefined;
  const name = textIn(scope, keywordOf(args, "name"));
  const condition = keywordOf(args, "condition");
  return {
    kind: "index",
    table,
    index: {
      ...(name === undefined ? {} : { name }),
      columns,
      unique: isUnique,
      method,
      include: textsIn(scope, keywordOf(args, "include")).map(column),
      origin: isUnique ? "unique" : "declared",
      site,
      ...(condition === undefined ? {} : { where: conditionOf(scope, condition, column) }),
    },
  };
}

/** `Lower("email")` gives `lower("email")`. */
function expressionOf(scope: Scope, e: Expression, column: (field: string) => string): IndexColumn {
  const call = folded(scope, e);
  if (call?.kind !== "call") return { expression: "", order: "asc" };
  if (call.callee.kind === "member" && (call.callee.name === "desc" || call.callee.name === "asc"))
    return { ...expressionOf(scope, call.callee.object, column), order: call.callee.name };
  const inner = argument(call.args, 0);
  const name =
    textIn(scope, inner) ?? (inner?.kind === "call" && calledName(inner) === "F" ? textIn(scope, inner.args[0]?.value) : undefined);
  return { expression: name === undefined ? "" : `${calledName(call).toLowerCase()}("${column(name)}")`, order: "asc" };
}

/** `Q(deleted_at__isnull=True)` as SQL; what is more than equality and null is only known to be there. */
function conditionOf(scope: Scope, e: Expression, column: (field: string) => string): string {
  const call = folded(scope, e);
  if (call?.kind === "binary" && call.operator === "&")
    return `${conditionOf(scope, call.left, column)} AND ${conditionOf(scope, call.right, column)}`;
  if (call?.kind !== "call" || calledName(call) !== "Q") return "…";
  const parts = call.args.map(({ name = "", value }) => {
    const [field = "", ...lookup] = name.split("__");
    const literal = folded(scope, value);
    const text = literal?.kind === "literal" ? literal : undefined;
    if (lookup[0] === "isnull") return `"${column(field)}" IS ${text?.value === false ? "NOT " : ""}NULL`;
    if (lookup.length > 0 || text === undefined) return "…";
    return `"${column(field)}" = ${typeof text.value === "string" ? `'${text.value.replaceAll("'", "''")}'` : String(text.value)}`;
  });
  return parts.length > 0 ? parts.join(" AND ") : "…";
}
