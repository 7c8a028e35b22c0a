/** Column types of one dialect as the nearest of another, by what a planner needs of them: order, width, operators. */
import type { Dialect } from "./schema.ts";

const postgres: readonly (readonly [RegExp, string])[] = [
  [/^(?:big)?serial$/, "bigint"],
  [/^(?:tiny|small|medium)?int(?:eger)?(?:\(\d+\))?(?: unsigned)?$|^int[24]$|^smallserial$|^year/, "integer"],
  [/^bigint|^int8$|^unsigned big int/, "bigint"],
  [/^tinyint\(1\)|^bool|^bit$/, "boolean"],
  [/^(?:double|real|float)/, "double precision"],
  [/^(?:decimal|numeric|money|number)/, "numeric"],
  [/^(?:datetimeoffset|timestamptz|timestamp.* with time zone)/, "timestamptz"],
  [/^(?:datetime|timestamp|smalldatetime)/, "timestamp"],
  [/^date$/, "date"],
  [/^time/, "time"],
  [/^(?:long|medium|tiny)?blob|^bytea|^(?:var)?binary|^image/, "bytea"],
  [/^jsonb?$/, "jsonb"],
  [/^(?:uuid|uniqueidentifier)$/, "uuid"],
  [/^n?(?:var)?char|^character/, "varchar"],
];

/** Types that PostgreSQL has without an extension; what is none of them (enums, domains) is text to it here. */
const ownOfPostgres =
  /^(?:bigint|int8|bigserial|bit|bit varying|varbit|boolean|bool|box|bytea|character|char|bpchar|character varying|varchar|cidr|circle|date|double precision|float|float4|float8|inet|integer|int|int4|interval|json|jsonb|jsonpath|line|lseg|macaddr8?|money|numeric|decimal|oid|path|point|polygon|real|smallint|int2|smallserial|serial|text|citext|name|time|timetz|timestamp|timestamptz|time with(?:out)? time zone|timestamp with(?:out)? time zone|tsquery|tsvector|uuid|xml|hstore|ltree|(?:int4|int8|num|ts|tstz|date)(?:multi)?range)$/;

/** The type `type` of dialect `from`, in `to`. Never empty: what is not known is text. */
export function typeIn(type: string, from: Dialect, to: Dialect): string {
  const lower = type.toLowerCase().trim();
  if (lower === "") return "text";
  if (to === "postgresql")
    return from === "postgresql" ? postgresType(lower) : (postgres.find(([form]) => form.test(lower))?.[1] ?? "text");
  if (to === "sqlite") return sqliteType(lower);
  return from === to || from === "unknown" ? lower : mysqlType(lower);
}

function postgresType(type: string): string {
  const bare = type
    .replaceAll(/\([^)]*\)/g, "")
    .replaceAll(/\[\d*\]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  const array = /\[\d*\]\s*$/.test(type) ? "[]" : "";
  if (!ownOfPostgres.test(bare)) return `text${array}`;
  const serial = ({ serial: "integer", bigserial: "bigint", smallserial: "smallint" } as Readonly<Record<string, string>>)[bare];
  return serial ?? type;
}

function sqliteType(type: string): string {
  if (/int|serial|bool/.test(type)) return "INTEGER";
  if (/char|text|clob|uuid|json|enum|date|time/.test(type)) return "TEXT";
  if (/real|floa|doub/.test(type)) return "REAL";
  return /blob|bytea|binary/.test(type) ? "BLOB" : "NUMERIC";
}

function mysqlType(type: string): string {
  if (/^(?:timestamptz|timestamp)/.test(type)) return "datetime(6)";
  if (/^(?:big)?serial$|^int8/.test(type)) return "bigint";
  if (/^(?:jsonb?|hstore)$/.test(type)) return "json";
  if (/^uuid$/.test(type)) return "char(36)";
  if (/^bytea$/.test(type)) return "longblob";
  if (/^(?:character varying|varchar|citext)$/.test(type)) return "varchar(255)";
  if (type.startsWith("bool")) return "tinyint(1)";
  if (type.startsWith("double precision")) return "double";
  return type;
}
