/** Sails with Waterline: controllers, models and helpers are files of their folders, known everywhere by their names. */
import type { EffectSpec } from "../../model/effect.ts";
import type { EntrySpec } from "../../model/entry.ts";
import type { MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, many, names, one } from "../shapes/places.ts";
import { pathUnder, routeOf } from "./parts/verbs.ts";

const row = one("Row");
const rows = many("Row");
const entry: EntrySpec = { kind: "route", method: "ALL" };

/** Statics give a query that runs when it is awaited. */
function query(type: string, sets: Partial<EffectSpec> = {}): MethodSpec {
  return {
    sets: { filter: at(0), limit: at(0, "limit"), sort: at(0, "sort"), skip: at(0, "skip"), columns: at(0, "select"), ...sets },
    returns: one(type),
  };
}

const change = { kind: "db-write", list: false } as const;

function deferred(lazy: EffectSpec, gives: ResultSpec): TypeSpec {
  return {
    lazy,
    gives,
    any: { returns: "same" },
    members: {
      populate: { sets: { eager: at(0), eagerBy: "statement" } },
      ...names("where", { sets: { filter: at(0) } }),
      ...names("limit paginate", { sets: { limited: true } }),
      select: { sets: { columns: at(0) } },
      sort: { sets: { sort: "arguments" } },
      skip: { sets: { skip: at(0) } },
      usingConnection: { sets: { within: at(0) } },
      exec: { runs: true, callbacks: [{ arg: 0, runs: "once", params: ["value", lazy.list === true ? rows : gives] }] },
      toPromise: { runs: true, promise: true },
      eachRecord: { runs: true, sets: { stream: true }, callbacks: [{ arg: 0, runs: "each", over: -1, params: [row] }], promise: true },
      eachBatch: { runs: true, sets: { stream: true }, callbacks: [{ arg: 0, runs: "each", over: -1, params: [rows] }], promise: true },
    },
  };
}

const native: MethodSpec = {
  effect: { kind: "db-read", list: true, sql: { arg: 0 } },
  returns: { properties: { rows: "rows" } },
  promise: true,
};

export default library({
  id: "sails",
  packages: ["sails"],
  named: {
    values: { sails: "Sails" },
    folders: { "api/models": "Model", "api/services": "" },
    trees: { sails: { helpers: "api/helpers", models: "api/models" } },
    leaf: "fn",
  },
  files: [
    {
      packages: ["sails"],
      route: (path) => {
        const segments = pathUnder(path, ["api/controllers"], /(?:Controller)?\.[jt]s$/u);
        return segments === undefined ? undefined : routeOf(segments);
      },
      exports: { default: entry, fn: entry, "*": entry },
    },
  ],
  exports: { default: { value: "Sails" } },
  types: {
    Sails: {
      members: {
        sendNativeQuery: native,
        getDatastore: { returns: { type: "Store" } },
        ...names("log config hooks", { returns: "value" }),
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
      },
    },
    Store: {
      members: {
        sendNativeQuery: native,
        ...names("transaction leaseConnection", {
          callbacks: [{ arg: 0, runs: "transaction" }],
          returns: "callback",
          promise: true,
        }),
      },
    },
    Model: {
      members: {
        find: query("ListQuery", { list: true }),
        findOne: query("RowQuery"),
        ...names("count sum avg", query("ValueQuery", { count: true })),
        create: { sets: { ...change, within: [] }, returns: one("RowQuery") },
        createEach: { sets: { ...change, bulk: true }, returns: one("ListQuery") },
        ...names("update destroy archive", query("ListQuery", { ...change, bulk: true })),
        ...names("updateOne destroyOne archiveOne", query("RowQuery", change)),
        findOrCreate: query("RowQuery", { makesMissing: true }),
        ...names("addToCollection removeFromCollection replaceCollection", { sets: { ...change, bulk: true }, returns: one("ValueQuery") }),
        stream: query("ListQuery", { list: true, stream: true }),
        query: {
          ...native,
          callbacks: [1, 2].map((arg) => ({ arg, runs: "once" as const, params: ["value" as const, "value" as const] })),
        },
        getDatastore: { returns: { type: "Store" } },
      },
    },
    ListQuery: deferred({ kind: "db-read", list: true }, rows),
    RowQuery: deferred({ kind: "db-read" }, row),
    ValueQuery: deferred({ kind: "db-read" }, "value"),
    Row: { members: names("toJSON", { returns: "value" }) },
  },
});
