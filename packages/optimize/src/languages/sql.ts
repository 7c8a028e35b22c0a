/** What a SQL statement does: read once by a real parser, or by its tokens when no parser takes it. */
import { fingerprintOf, shapeOf } from "../model/statement.ts";
import { sqlTokens } from "../model/sql-tokens.ts";
import { readGeneric } from "./sql-generic.ts";
import { outlineOf } from "./sql-outline.ts";
import type { SqlOutline } from "./sql-outline.ts";
import { holeName, parserText } from "./sql-parser-text.ts";
import { readPostgres } from "./sql-postgres.ts";

export { joinTemplate, sqlHole } from "../model/sql-tokens.ts";
export { looksLikeSql } from "./sql-text.ts";

export type SqlDialect = "postgresql" | "mysql" | "sqlite";

export interface SqlFacts {
  readonly action: "read" | "write" | "ddl" | "transaction" | "other";
  /** Upper case; of several statements or of data-modifying WITH parts the first that writes. */
  readonly verb: string;
  /** Names as written without quotes and without the default schema, each once; the written table first. */
  readonly tables: readonly string[];
  /** False when a part of the statement that may name tables is unknown. */
  readonly complete: boolean;
  /** The number of rows is bounded: LIMIT, FETCH, TOP, an aggregate over everything, or no table at all. A condition on a unique key is not seen here. */
  readonly limited: boolean;
  /** Gives one row because it only aggregates. */
  readonly single: boolean;
  /** Columns that conditions of the outermost WHERE name, without their table, in source order, each once. */
  readonly columns: readonly string[];
  readonly shape: string;
  readonly fingerprint: string;
  /** False: only read by its tokens. */
  readonly parsed: boolean;
}

/** What a parser's tree says; the rest comes from the tokens. */
export interface SqlTree {
  readonly tables: readonly string[];
  readonly limited: boolean;
  readonly single: boolean;
  readonly columns: readonly string[];
  /** A part of it writes rows although the verb may read. */
  readonly writes: boolean;
}

/** Reads a statement; undefined when the text does not begin like SQL. Answers are remembered by text and dialect. */
export type SqlReader = (text: string, dialect?: SqlDialect) => SqlFacts | undefined;

/** Longer statements and deeper brackets are read by their tokens: the parsers recurse inside WebAssembly, where running out of stack is fatal. */
const longest = 20_000;
const deepest = 150;

type Parser = (sql: string) => SqlTree | undefined;

let loading: Promise<Parsers> | undefined;

interface Parsers {
  readonly postgres: Parser;
  readonly generic: (dialect: "postgresql" | "mysql" | "sqlite" | "generic" | "mssql") => Parser;
}

/** Loads the parsers (WebAssembly, 0.1 to 0.2 s once a process) and gives the reader. Call it only when some literal looks like SQL. */
export async function loadSqlReader(): Promise<SqlReader> {
  loading ??= loadParsers();
  const parsers = await loading;
  const known = new Map<string, SqlFacts | undefined>();
  return (text, dialect) => {
    const key = `${dialect ?? ""}\0${text}`;
    if (!known.has(key)) known.set(key, readOnce(parsers, text, dialect));
    return known.get(key);
  };
}

async function loadParsers(): Promise<Parsers> {
  const [postgres, generic] = await Promise.all([import("libpg-query"), import("@guanmingchiu/sqlparser-ts")]);
  await Promise.all([postgres.loadModule(), generic.init()]);
  return {
    postgres: (sql) => readPostgres(postgres.parseSync(sql)),
    generic: (dialect) => (sql) => readGeneric(generic.parse(sql, dialect)),
  };
}

function readOnce(parsers: Parsers, text: string, dialect: SqlDialect | undefined): SqlFacts | undefined {
  const tokens = sqlTokens(text);
  const outline = outlineOf(tokens);
  if (outline === undefined) return undefined;
  const shape = shapeOf(text);
  const tree = text.length > longest || outline.depth > deepest ? undefined : parse(parsers, text, dialect);
  const facts = tree === undefined ? outline : merge(outline, tree);
  const { action, verb, tables, complete, limited, single, columns } = facts;
  return { action, verb, tables, complete, limited, single, columns, shape, fingerprint: fingerprintOf(text), parsed: tree !== undefined };
}

function merge(outline: SqlOutline, tree: SqlTree): SqlOutline {
  // An unknown schema hides no table: `"${schema}".users`.
  const named = tree.tables.map((name) => (name.startsWith(`${holeName}.`) ? name.slice(holeName.length + 1) : name));
  const read = named.filter((name) => !name.includes(holeName));
  // The parsers keep the names of DROP and the like in other places.
  const tables = read.length === 0 && outline.action === "ddl" ? outline.tables : read;
  const action = tree.writes && outline.action === "read" ? "write" : outline.action;
  return {
    ...outline,
    tables,
    action,
    single: tree.single,
    limited: tree.limited,
    columns: tree.columns.filter((name) => !name.includes(holeName)),
    complete: outline.complete && read.length === named.length,
  };
}

function parse(parsers: Parsers, text: string, dialect: SqlDialect | undefined): SqlTree | undefined {
  for (const { parser, style } of attempts(parsers, text, dialect)) {
    try {
      const tree = parser(parserText(sqlTokens(text), text, style));
      if (tree !== undefined) return tree;
    } catch {
      // The next parser, or the tokens, answer.
    }
  }
  return undefined;
}

interface Attempt {
  readonly parser: Parser;
  /** How placeholders are written for it. */
  readonly style: "$" | "?";
}

function attempts(parsers: Parsers, text: string, dialect: SqlDialect | undefined): readonly Attempt[] {
  const postgres: readonly Attempt[] = [
    { parser: parsers.postgres, style: "$" },
    { parser: parsers.generic("postgresql"), style: "$" },
  ];
  const own = (name: "mysql" | "sqlite" | "generic" | "mssql"): Attempt => ({ parser: parsers.generic(name), style: "?" });
  if (dialect === "postgresql") return [...postgres, own("generic")];
  if (dialect !== undefined) return [own(dialect), own("generic"), ...postgres];
  // Unknown: the tokens that only one of them has decide who is asked first.
  if (text.includes("`")) return [own("mysql"), own("sqlite"), own("generic"), ...postgres];
  return [...postgres, own("generic"), own("mysql"), own("sqlite"), own("mssql")];
}
