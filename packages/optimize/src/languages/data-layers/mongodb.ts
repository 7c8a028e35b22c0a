/** The MongoDB driver: collections, cursors that do nothing until they are read, bulk builders. */
import type { EffectSpec } from "../../model/effect.ts";
import type { CallbackSpec, ExportSpec, MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import type { PoolSpec } from "../../model/pools.ts";
import { at, names, one } from "../shapes/places.ts";

function read(effect: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-read", filter: at(0), within: at(1, "session"), ...effect }, returns, promise: true };
}

function write(effect: Partial<EffectSpec>, returns: ResultSpec = "value"): MethodSpec {
  return { effect: { kind: "db-write", filter: at(0), within: at(2, "session"), ...effect }, returns, promise: true };
}

const insert = { filter: [], within: at(1, "session") } as const;
const later: readonly CallbackSpec[] = [{ arg: 1, runs: "later" }];
const schemaChange: MethodSpec = { effect: { kind: "db-write" }, returns: "value", promise: true };

const collection: Record<string, MethodSpec> = {
  find: {
    sets: { filter: at(0), list: true, limit: at(1, "limit"), columns: at(1, "projection"), within: at(1, "session") },
    returns: one("Cursor"),
  },
  aggregate: { sets: { filter: at(0), list: true, stages: at(0), within: at(1, "session") }, returns: one("Cursor") },
  findOne: read({ columns: at(1, "projection") }, "row"),
  ...names("countDocuments count estimatedDocumentCount", read({ count: true }, "value")),
  distinct: read({ filter: at(1), count: true, within: at(2, "session") }, "value"),
  insertOne: write(insert),
  insertMany: write({ ...insert, bulk: true }),
  insert: write({ ...insert, bulkIn: at(0) }),
  bulkWrite: write({ ...insert, bulk: true }),
  ...names("updateOne replaceOne", write({ columns: at(1) })),
  ...names("updateMany update", write({ bulk: true, columns: at(1) })),
  deleteOne: write({ within: at(1, "session") }),
  ...names("deleteMany remove", write({ bulk: true, within: at(1, "session") })),
  ...names("findOneAndUpdate findOneAndReplace findAndModify", write({ columns: at(1) }, "row")),
  findOneAndDelete: write({ within: at(1, "session") }, "row"),
  ...names("initializeUnorderedBulkOp initializeOrderedBulkOp", { returns: one("Bulk") }),
  watch: { effect: { kind: "db-read", stream: true }, returns: "value" },
  ...names("createIndex createIndexes dropIndex dropIndexes drop rename", schemaChange),
  ...names("indexes stats options isCapped", { effect: { kind: "db-read" }, returns: "value", promise: true }),
};

const inTransaction: MethodSpec = {
  callbacks: [{ arg: 0, runs: "transaction", params: [{ type: "Session" }] }],
  returns: "callback",
  promise: true,
};

const pools: PoolSpec = { max: ["maxPoolSize"], url: "maxPoolSize" };

export default library({
  id: "mongodb",
  packages: ["mongodb"],
  exports: {
    default: { value: "Module" },
    MongoClient: { class: "Client", statics: "ClientClass" },
    Db: { class: "Db" },
    Collection: { class: "Collection" },
    ...names<ExportSpec>("FindCursor AggregationCursor", { type: "Cursor" }),
    ClientSession: { type: "Session" },
    ...names<ExportSpec>("UnorderedBulkOperation OrderedBulkOperation", { type: "Bulk" }),
  },
  types: {
    Module: {},
    ClientClass: { members: { connect: { effect: { kind: "connect" }, returns: { type: "Client" }, promise: true, pools } } },
    Client: {
      construct: { effect: { kind: "connect" }, pools },
      members: {
        connect: { returns: "same", promise: true },
        db: { returns: { type: "Db" } },
        startSession: {
          returns: { type: "Session" },
          lends: { what: "session", back: ["endSession"], steady: ["startTransaction", "abortTransaction"] },
        },
        withSession: {
          callbacks: [
            { arg: 0, runs: "once", params: [{ type: "Session" }] },
            { arg: 1, runs: "once", params: [{ type: "Session" }] },
          ],
          returns: "callback",
          promise: true,
        },
        close: { returns: "void", promise: true },
        ...names("on once", { callbacks: later, returns: "same" }),
      },
    },
    Db: {
      members: {
        collection: { returns: { type: "Collection", table: { arg: 0 } } },
        createCollection: { ...schemaChange, returns: { type: "Collection", table: { arg: 0 } } },
        ...names("command stats", { effect: { kind: "db-read" }, returns: "value", promise: true }),
        ...names("dropCollection dropDatabase renameCollection", schemaChange),
        listCollections: { returns: { type: "Cursor" } },
        collections: { effect: { kind: "db-read" }, returns: { type: "Collection", list: true }, promise: true },
        aggregate: { sets: { list: true }, returns: { type: "Cursor" } },
        admin: { returns: "value" },
      },
    },
    Collection: { members: collection },
    Cursor: {
      lazy: { kind: "db-read", list: true },
      inert: true,
      element: "row",
      any: { returns: "same" },
      members: {
        limit: { sets: { limited: true } },
        filter: { sets: { filter: at(0) } },
        project: { sets: { columns: at(0) } },
        toArray: { runs: true, returns: "rows", promise: true },
        ...names("next tryNext", { runs: true, sets: { stream: true }, returns: "row", promise: true }),
        hasNext: { runs: true, sets: { stream: true }, returns: "value", promise: true },
        forEach: {
          runs: true,
          sets: { stream: true },
          callbacks: [{ arg: 0, runs: "each", over: -1, params: ["row"] }],
          returns: "void",
          promise: true,
        },
        stream: { runs: true, sets: { stream: true }, returns: "rows" },
        map: { callbacks: [{ arg: 0, runs: "each", over: -1, params: ["row"] }], returns: "same" },
        count: { runs: true, sets: { count: true, list: false }, returns: "value", promise: true },
        explain: { effect: { kind: "db-read" }, returns: "value", promise: true },
        close: { returns: "void", promise: true },
      },
    },
    Bulk: {
      collects: true,
      lazy: { kind: "db-write", bulk: true },
      inert: true,
      any: { returns: "same" },
      members: { execute: { runs: true, returns: "value", promise: true } },
    },
    Session: {
      members: {
        withTransaction: inTransaction,
        startTransaction: { effect: { kind: "db-write", transaction: "begin" }, returns: "void" },
        commitTransaction: { effect: { kind: "db-write", transaction: "commit" }, returns: "void", promise: true },
        abortTransaction: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: true },
        endSession: { returns: "void", promise: true },
      },
    },
  },
});
