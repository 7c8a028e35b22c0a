/** SQLAlchemy's statements: `session.query(User)` runs itself, `select(User)` is run by what it is given to. */
import type { EffectSpec } from "../../../model/effect.ts";
import type { MethodSpec, ResultSpec, TypeSpec } from "../../../model/library.ts";
import { many, named, names, one } from "../places.ts";

/** Clauses that queries and statements share; what is not listed gives the statement itself. */
const clauses: Readonly<Record<string, MethodSpec>> = {
  ...names("filter where filter_by", { sets: { filter: [{ arg: 0 }], where: "expressions" } }),
  having: { sets: {} },
  order_by: { sets: { sort: "expressions" } },
  offset: { sets: { skip: [named("offset", 0)] } },
  limit: { sets: { limit: [named("limit", 0)] } },
  slice: { sets: { limit: [{ arg: 1 }] } },
  options: { rows: { eager: "arguments" }, sets: {} },
  select_from: { table: { arg: 0 }, hears: true, sets: {} },
  add_cte: { hears: true, sets: {} },
  ...names("with_entities add_columns with_only_columns columns", { hears: true, sets: {} }),
  ...names("subquery scalar_subquery as_scalar cte label lateral alias", { returns: { type: "Expression" } }),
  exists: { returns: { type: "Exists" } },
  // What a statement says of itself asks nothing.
  ...names(
    "column_descriptions statement selectable whereclause selected_columns exported_columns froms get_final_froms columns_clause_froms compile compare get_children session c _compile_state _join_entities _entities _raw_columns _where_criteria _limit _offset",
    { returns: "value" },
  ),
};

function runs(sets: Partial<EffectSpec> & { readonly limited?: boolean }, returns: ResultSpec, more: Partial<MethodSpec> = {}): MethodSpec {
  return { runs: true, sets, returns, ...more };
}

const single = { list: false, limited: true } as const;
const row = one("Row");
const rows = many("Row");
const pagination: ResultSpec = { properties: { items: rows, total: "value", page: "value", pages: "value" } };
const counted: EffectSpec = { kind: "db-read", count: true, blocking: true };

/** What `paginate` reads: one page, and the number of all. */
const paginate: MethodSpec = runs({ list: true, limit: [named("per_page", 1)] }, pagination, { also: [counted] });

const query: TypeSpec = {
  lazy: { kind: "db-read", list: true, blocking: true },
  inert: true,
  gives: rows,
  element: row,
  any: { returns: "same" },
  members: {
    ...clauses,
    all: runs({ list: true }, rows),
    ...names("first one one_or_none first_or_404 one_or_404", runs(single, row)),
    ...names("get get_or_404", runs({ list: false, filter: [{ arg: 0 }] }, row)),
    scalar: runs(single, "value"),
    count: runs({ list: false, count: true }, "value"),
    delete: runs({ kind: "db-write", list: false, bulk: true }, "value"),
    update: runs({ kind: "db-write", list: false, bulk: true, columns: [{ arg: 0 }] }, "value"),
    yield_per: { sets: { stream: true } },
    paginate,
  },
};

const select: TypeSpec = {
  lazy: { kind: "db-read", list: true },
  inert: true,
  any: { returns: "same" },
  members: clauses,
};

/** A statement that changes rows: many by its filter, or by a list of values. */
function changing(bulk: boolean): TypeSpec {
  return {
    lazy: { kind: "db-write", bulk },
    inert: true,
    any: { returns: "same" },
    members: {
      values: { sets: { bulkIn: [{ arg: 0 }] } },
      ...names("where filter_by", { sets: { filter: [{ arg: 0 }], where: "expressions" } }),
      cte: { returns: { type: "Changed", table: "receiver" } },
      ...names("on_conflict_do_nothing on_conflict_do_update on_duplicate_key_update returning options", { returns: "same" }),
    },
  };
}

export const statementTypes: Readonly<Record<string, TypeSpec>> = {
  /** A part of a statement that changes rows: selecting from it changes them. */
  Changed: { says: { kind: "db-write", list: false, bulk: true }, members: { c: "Expression", columns: "Expression" } },
  Query: query,
  Select: select,
  Insert: changing(false),
  Update: changing(true),
  Delete: changing(true),
  /** `DropTable(table)`: a statement for one table, which no other statement does for several. */
  Definition: { lazy: { kind: "db-write" }, inert: true, any: { returns: "same" } },
  Text: { lazy: { kind: "db-read", list: true, bySql: true }, inert: true, any: { returns: "same" } },
};

/** `select(User, …)`: the first argument names the table; columns and functions among them give tuples. */
export const selecting: MethodSpec = { table: { arg: 0 }, hears: true, sets: {}, returns: { type: "Select", table: { arg: 0 } } };
export const querying: MethodSpec = { table: { arg: 0 }, hears: true, sets: {}, returns: { type: "Query", table: { arg: 0 } } };

export function statement(type: "Insert" | "Update" | "Delete"): MethodSpec {
  return { table: { arg: 0 }, returns: { type, table: { arg: 0 } } };
}

/** Statements about tables themselves. */
export const defining: Readonly<Record<string, MethodSpec>> = names(
  "CreateTable DropTable CreateIndex DropIndex AddConstraint DropConstraint CreateSchema DropSchema CreateSequence DropSequence DDL",
  { table: { arg: 0 }, returns: { type: "Definition", table: { arg: 0 } } },
);

export const writtenText: MethodSpec = { sets: { sql: named("text", 0) }, returns: { type: "Text" } };
