/** Objection: model classes whose `query()` is a builder that runs when awaited; graphs are fetched by one more statement a relation. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, many, names, one } from "../shapes/places.ts";

function changes(sets: Partial<EffectSpec> = {}): MethodSpec {
  return { sets: { kind: "db-write", list: false, ...sets } };
}

export default library({
  id: "objection",
  packages: ["objection"],
  exports: {
    Model: { class: "Instance", statics: "Model" },
    transaction: { value: "transaction" },
    raw: { value: "raw" },
    compose: { value: "compose" },
    QueryBuilder: { type: "Query" },
    ModelClass: { type: "Model", tableArgument: 0 },
  },
  types: {
    raw: { call: { returns: "value" } },
    compose: { call: { chains: "compose" } },
    transaction: {
      call: {
        callbacks: [0, 1, 2, 3].map((arg) => ({ arg, runs: "transaction" as const })),
        returns: "callback",
        promise: true,
      },
    },
    Model: {
      members: {
        query: { sets: { within: at(0) }, returns: one("Query") },
        relatedQuery: { sets: { relation: { arg: 0 } }, returns: one("Query") },
        transaction: {
          callbacks: [0, 1].map((arg) => ({ arg, runs: "transaction" as const })),
          returns: "callback",
          promise: true,
        },
        startTransaction: {
          effect: { kind: "db-write", transaction: "begin" },
          returns: { type: "Begun" },
          promise: true,
          lends: { what: "transaction", back: ["commit", "rollback"] },
        },
        fetchGraph: {
          effect: { kind: "db-read", list: true, eager: at(1), eagerBy: "statement" },
          returns: { argument: 0 },
          promise: true,
        },
        fromJson: { returns: one("Instance") },
        bindKnex: { returns: "same" },
      },
    },
    /** What `startTransaction` gives: a transaction of Knex. */
    Begun: {
      members: {
        commit: { effect: { kind: "db-write", transaction: "commit" }, returns: "void", promise: true },
        rollback: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: true },
      },
    },
    Query: {
      lazy: { kind: "db-read", list: true },
      gives: many("Instance"),
      any: { returns: "same" },
      members: {
        ...names("findById findOne first", { sets: { list: false, filter: at(0) }, returns: one("RowQuery") }),
        ...names("where andWhere orWhere where* andWhere* orWhere* findByIds", { sets: { filter: at(0) } }),
        limit: { sets: { limited: true } },
        range: { sets: { limited: true } },
        page: { sets: { limited: true } },
        select: { sets: { columns: at(0) } },
        ...names("count countDistinct min max sum avg resultSize", { sets: { count: true, list: false }, returns: one("ValueQuery") }),
        ...names("withGraphFetched eager", { sets: { eager: at(0), eagerBy: "statement" } }),
        ...names("withGraphJoined joinEager", { sets: { eager: at(0), eagerBy: "join" } }),
        ...names("insert insertAndFetch insertGraph insertGraphAndFetch upsertGraph upsertGraphAndFetch", {
          ...changes({ bulkIn: at(0) }),
          returns: one("RowQuery"),
        }),
        ...names("update patch delete del increment decrement", { ...changes({ bulk: true }), returns: one("ValueQuery") }),
        ...names("updateAndFetchById patchAndFetchById updateAndFetch patchAndFetch", { ...changes(), returns: one("RowQuery") }),
        ...names("deleteById relate unrelate", { ...changes(), returns: one("ValueQuery") }),
        for: { sets: { filter: at(0) } },
        ...names("toKnexQuery toFindQuery", { returns: "value" }),
        modify: { callbacks: [{ arg: 0, runs: "once", params: ["same"] }], returns: "same" },
      },
    },
    RowQuery: { extends: "Query", lazy: { kind: "db-read" }, gives: one("Instance"), any: { returns: "same" } },
    ValueQuery: { extends: "Query", lazy: { kind: "db-read" }, gives: "value", any: { returns: "same" } },
    Instance: {
      members: {
        $query: { sets: { instance: true, list: false, within: at(0) }, returns: one("RowQuery") },
        $relatedQuery: { sets: { relation: { arg: 0 }, within: at(1) }, returns: one("Query") },
        $fetchGraph: { effect: { kind: "db-read", instance: true, eager: at(0), eagerBy: "statement" }, returns: "same", promise: true },
        ...names("$set $setJson $setRelated $clone", { returns: "same" }),
        ...names("$toJson $id toJSON", { returns: "value" }),
      },
    },
  },
});
