/** Sequelize's data types as SQL. */
import type { Expression } from "../../../model/facts-expressions.ts";
import { calledName, elementsIn, folded, numberIn, pathOf, property, textIn, textsIn } from "../folding.ts";
import type { Scope } from "../folding.ts";

const types: Readonly<Record<string, string>> = {
  STRING: "varchar(255)",
  CHAR: "char(255)",
  TEXT: "text",
  CITEXT: "citext",
  TINYINT: "smallint",
  SMALLINT: "smallint",
  MEDIUMINT: "integer",
  INTEGER: "integer",
  BIGINT: "bigint",
  FLOAT: "double precision",
  REAL: "real",
  DOUBLE: "double precision",
  DECIMAL: "decimal",
  NUMBER: "numeric",
  BOOLEAN: "boolean",
  DATE: "timestamptz",
  DATEONLY: "date",
  TIME: "time",
  NOW: "timestamptz",
  UUID: "uuid",
  JSON: "json",
  JSONB: "jsonb",
  BLOB: "bytea",
  INET: "inet",
  CIDR: "cidr",
  TSVECTOR: "tsvector",
  HSTORE: "hstore",
  GEOMETRY: "geometry",
  GEOGRAPHY: "geography",
};

export interface TypeIn {
  readonly type: string;
  readonly values?: readonly string[];
}

/** `DataTypes.STRING(20)`, `DataType.ENUM("a", "b")`, `"TIMESTAMP WITH TIME ZONE"`. VIRTUAL is no column: undefined. */
export function sequelizeType(scope: Scope, e: Expression | undefined): TypeIn | undefined {
  const text = textIn(scope, e);
  if (text !== undefined) return /^boolean$/i.test(text) ? { type: "boolean", values: ["false", "true"] } : { type: text.toLowerCase() };
  const value = folded(scope, e);
  if (value === undefined) return { type: "" };
  if (value.kind === "object") return sequelizeType(scope, property(scope, value, "type"));
  const name = value.kind === "call" ? calledName(value) : (pathOf(value)?.at(-1) ?? "");
  if (name === "VIRTUAL") return undefined;
  if (name === "BOOLEAN" || name === "Boolean") return { type: "boolean", values: ["false", "true"] };
  if (name === "ENUM") {
    const args = value.kind === "call" ? value.args : [];
    const first = args[0]?.value;
    const values = elementsIn(scope, first) !== undefined ? textsIn(scope, first) : args.flatMap((one) => textIn(scope, one.value) ?? []);
    return { type: "enum", ...(values.length > 0 ? { values } : {}) };
  }
  if (name === "ARRAY") return { type: `${(value.kind === "call" && sequelizeType(scope, value.args[0]?.value)?.type) || "text"}[]` };
  const type = types[name] ?? "";
  const length = value.kind === "call" ? numberIn(scope, value.args[0]?.value) : undefined;
  return { type: length === undefined || name === "DECIMAL" ? type : type.replace(/\(\d+\)/, `(${length})`) };
}

/** The type that a decorator leaves to the annotation. */
export function typeOfAnnotation(name: string | undefined): TypeIn {
  if (name === "boolean") return { type: "boolean", values: ["false", "true"] };
  return {
    type: ({ string: "varchar(255)", number: "integer", Date: "timestamptz" } as Readonly<Record<string, string>>)[name ?? ""] ?? "",
  };
}
