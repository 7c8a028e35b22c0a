/** Slonik: statements are texts that only a method of a pool, connection or transaction sends; the method says how many rows there are. */
import type { EffectSpec } from "../../model/effect.ts";
import type { CallbackSpec, ExportSpec, MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

function query(effect: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-read", sql: { arg: 0 }, ...effect }, returns, promise: true };
}

function scoped(runs: "once" | "transaction"): MethodSpec {
  return { callbacks: [{ arg: 0, runs, params: [{ type: "Connection" }] } satisfies CallbackSpec], returns: "callback", promise: true };
}

const part: MethodSpec = { returns: "value" };

export default library({
  id: "slonik",
  packages: ["slonik", "@silverhand/slonik"],
  dialect: "postgresql",
  exports: {
    createPool: { value: "createPool" },
    createSqlTag: { value: "createSqlTag" },
    sql: { value: "sql" },
    ...names<ExportSpec>("CommonQueryMethods DatabasePool DatabasePoolConnection DatabaseConnection DatabaseTransactionConnection", {
      type: "Connection",
    }),
  },
  types: {
    createPool: { call: { effect: { kind: "connect" }, returns: { type: "Connection" }, promise: true } },
    createSqlTag: { call: { returns: { type: "sql" } } },
    sql: {
      call: { returns: { argument: 0 } },
      members: {
        ...names("unsafe fragment", { returns: { argument: 0 } }),
        ...names("type typeAlias", { returns: { type: "sql" } }),
        ...names("array binary date identifier interval join json jsonb literalValue timestamp unnest uuid", part),
      },
    },
    Connection: {
      members: {
        ...names("any many", query({ list: true }, "rows")),
        ...names("one maybeOne", query({}, "row")),
        ...names("anyFirst manyFirst", query({ list: true, values: true }, "rows")),
        ...names("oneFirst maybeOneFirst exists", query({ values: true }, "value")),
        query: query({ list: true }, { properties: { rows: "rows", rowCount: "value", fields: "value", notices: "value" } }),
        stream: {
          effect: { kind: "db-read", list: true, stream: true, sql: { arg: 0 } },
          callbacks: [{ arg: 1, runs: "once" }],
          returns: "value",
          promise: true,
        },
        connect: scoped("once"),
        transaction: scoped("transaction"),
        end: { returns: "void", promise: true },
      },
    },
  },
});
