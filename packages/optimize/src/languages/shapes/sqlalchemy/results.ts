/** What SQLAlchemy's `execute` gives: the rows are there, reading them asks nothing more. */
import type { MethodSpec, ResultSpec, TypeSpec } from "../../../model/library.ts";
import { many, names, one } from "../places.ts";

/** `row`: the type of what is read; `waits`: rows come while they are read (`stream`). */
function result(row: string, waits: boolean): TypeSpec {
  const fetch = (returns: ResultSpec): MethodSpec => ({ fetches: true, returns, promise: waits });
  const prefix = waits ? "Async" : "";
  return {
    holds: "rows",
    element: one(row),
    members: {
      ...names("all fetchall fetchmany partitions", fetch(many(row))),
      ...names("first one one_or_none fetchone", fetch(one(row))),
      ...names("scalar scalar_one scalar_one_or_none", fetch(one("Row"))),
      ...names("unique yield_per freeze tuples columns", { returns: "same" }),
      scalars: { fetches: true, returns: { type: `${prefix}Scalars`, table: "receiver" } },
      mappings: { fetches: true, returns: { type: `${prefix}Result`, table: "receiver" } },
      keys: { returns: "value" },
      close: { returns: "void", promise: waits },
    },
  };
}

export const resultTypes: Readonly<Record<string, TypeSpec>> = {
  Result: result("Tuple", false),
  Scalars: result("Row", false),
  AsyncResult: result("Tuple", true),
  AsyncScalars: result("Row", true),
  /** One row of `select(User, …)`: each of its members may be an entity. */
  Tuple: { holds: "row", any: "Row" },
};
