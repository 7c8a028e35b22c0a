/** Mongoose, @nestjs/mongoose and Typegoose: queries that run when awaited, documents with their own writes, populate by one more statement. */
import type { EffectSpec } from "../../model/effect.ts";
import type { CallbackSpec, ExportSpec, MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import type { PoolSpec } from "../../model/pools.ts";
import { at, many, names, one } from "../shapes/places.ts";

/** Statics that give a query: filter, projection and options stand at these arguments. */
function query(type: string, sets: Partial<EffectSpec> = {}, optionsAt = 2): MethodSpec {
  return {
    sets: {
      filter: at(0),
      plain: at(optionsAt, "lean"),
      limit: at(optionsAt, "limit"),
      eager: at(optionsAt, "populate"),
      within: at(optionsAt, "session"),
      ...sets,
    },
    returns: one(type),
  };
}

const columns = { columns: at(1) } as const;
const changeMany = { kind: "db-write", list: false, bulk: true, columns: at(1) } as const;
const changeOne = { kind: "db-write", list: false, columns: at(1) } as const;
const upserts = { makesMissing: { arg: 2, property: "upsert" } } as const;

/** Members of every query; those that a query does not know keep it as it is. */
const queryMembers: Record<string, MethodSpec> = {
  exec: { runs: true, promise: true },
  ...names("limit", { sets: { limited: true } }),
  ...names("where and or nor find equals in nin gt gte lt lte ne regex elemMatch", { sets: { filter: at(0) } }),
  sort: { sets: { sort: "arguments" } },
  skip: { sets: { skip: at(0) } },
  select: { sets: { columns: at(0) } },
  projection: { sets: { columns: at(0) } },
  populate: { sets: { eager: at(0), eagerBy: "statement" } },
  session: { sets: { within: at(0) } },
  setOptions: { sets: { plain: at(0, "lean"), limit: at(0, "limit"), within: at(0, "session") } },
  lean: { sets: { values: true }, returns: one("LeanQuery") },
  findOne: { sets: { filter: at(0), list: false }, returns: one("RowQuery") },
  ...names("countDocuments count estimatedDocumentCount", { sets: { count: true, list: false }, returns: one("ValueQuery") }),
  distinct: { sets: { count: true, list: false }, returns: one("ValueQuery") },
  ...names("updateMany update deleteMany", { sets: changeMany, returns: one("ValueQuery") }),
  ...names("updateOne deleteOne replaceOne", { sets: changeOne, returns: one("ValueQuery") }),
  ...names("findOneAndUpdate findOneAndDelete findOneAndReplace", { sets: changeOne, returns: one("RowQuery") }),
  cursor: { runs: true, sets: { stream: true }, returns: one("Cursor") },
  ...names("getFilter getQuery getOptions getUpdate", { returns: "value" }),
};

function queryType(list: boolean, gives?: ResultSpec): TypeSpec {
  return { lazy: { kind: "db-read", list }, ...(gives === undefined ? {} : { gives }), any: { returns: "same" }, members: queryMembers };
}

function write(effect: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-write", ...effect }, returns, promise: true };
}

const session: MethodSpec = {
  returns: { type: "Session" },
  promise: true,
  lends: { what: "session", back: ["endSession"], steady: ["startTransaction", "abortTransaction"] },
};

const statics: Record<string, MethodSpec> = {
  find: query("ListQuery", { list: true, ...columns }),
  findOne: query("RowQuery", columns),
  findById: query("RowQuery", columns),
  where: query("ListQuery", { list: true }),
  exists: query("ValueQuery", { count: true }),
  ...names("countDocuments count estimatedDocumentCount", query("ValueQuery", { count: true }, 1)),
  distinct: { sets: { filter: at(1), count: true }, returns: one("ValueQuery") },
  aggregate: { sets: { filter: at(0), list: true, stages: at(0) }, returns: one("Aggregate") },
  ...names("updateMany update deleteMany remove", query("ValueQuery", changeMany)),
  ...names("updateOne replaceOne", query("ValueQuery", { ...changeOne, ...upserts })),
  deleteOne: query("ValueQuery", { kind: "db-write" }, 1),
  ...names("findOneAndUpdate findOneAndReplace", query("RowQuery", { ...changeOne, ...upserts })),
  findByIdAndUpdate: query("RowQuery", changeOne),
  ...names("findOneAndDelete findByIdAndDelete findOneAndRemove findByIdAndRemove", query("RowQuery", { kind: "db-write" }, 1)),
  create: write({ bulkIn: at(0), within: at(1, "session") }, one("Document")),
  insertOne: write({ within: at(1, "session") }, one("Document")),
  insertMany: write({ bulk: true, within: at(1, "session") }, many("Document")),
  bulkWrite: write({ bulk: true, within: at(1, "session") }, "value"),
  bulkSave: write({ bulk: true, within: at(1, "session") }, "value"),
  populate: { effect: { kind: "db-read", list: true, eager: at(1) }, returns: { argument: 0 }, promise: true },
  hydrate: { returns: one("Document") },
  watch: { effect: { kind: "db-read", stream: true }, returns: "value" },
  startSession: session,
  discriminator: { returns: { type: "Model", table: { arg: 0 } } },
  ...names("syncIndexes createIndexes ensureIndexes createCollection init", {
    effect: { kind: "db-write" },
    returns: "void",
    promise: true,
  }),
};

const named: MethodSpec = { returns: { type: "Model", table: { arg: 0 } }, copies: { arg: 1, property: "statics" } };
const inTransaction: MethodSpec = {
  callbacks: [{ arg: 0, runs: "transaction", params: [{ type: "Session" }] }],
  returns: "callback",
  promise: true,
};
const later: readonly CallbackSpec[] = [1, 2].map((arg): CallbackSpec => ({ arg, runs: "later" }));

const pools: PoolSpec = { max: ["maxPoolSize"], url: "maxPoolSize" };

const connection: Record<string, MethodSpec | string> = {
  model: named,
  models: "Models",
  startSession: session,
  transaction: inTransaction,
  ...names("connect openUri createConnection", { effect: { kind: "connect" }, returns: { type: "Connection" }, promise: true, pools }),
  ...names("disconnect close", { returns: "void", promise: true }),
  ...names("on once", { callbacks: later, returns: "same" }),
  dropDatabase: { effect: { kind: "db-write" }, returns: "void", promise: true },
};

export default library({
  id: "mongoose",
  packages: ["mongoose", "@nestjs/mongoose", "@typegoose/typegoose", "nestjs-typegoose", "@m8a/nestjs-typegoose"],
  exports: {
    default: { value: "Mongoose" },
    model: { value: "model" },
    models: { value: "Models" },
    connection: { value: "Connection" },
    connect: { value: "connect" },
    createConnection: { value: "connect" },
    startSession: { value: "startSession" },
    Schema: { class: "Schema" },
    SchemaFactory: { value: "SchemaFactory" },
    Model: { type: "Model", tableArgument: 0 },
    // Typegoose
    getModelForClass: { value: "getModelForClass" },
    ReturnModelType: { type: "Model", tableArgument: 0 },
    DocumentType: { type: "Document", tableArgument: 0 },
    Connection: { type: "Connection" },
    ...names<ExportSpec>("Document HydratedDocument", { type: "Document", tableArgument: 0 }),
    ClientSession: { type: "Session" },
  },
  types: {
    Mongoose: { members: { ...connection, connection: "Connection" } },
    Connection: { members: connection },
    Models: { any: "Model", anyNamesTable: true },
    model: { call: named },
    getModelForClass: { call: { returns: { type: "Model", table: { arg: 0 } } } },
    connect: { call: { effect: { kind: "connect" }, returns: { type: "Connection" }, promise: true, pools } },
    startSession: { call: session },
    SchemaFactory: { members: { createForClass: { returns: { type: "Schema", table: { arg: 0 } } } } },
    Schema: {
      members: {
        ...names("pre post", { hooks: { arg: 0 }, callbacks: later, returns: "same" }),
        ...names("plugin virtual index set add method static loadClass", { returns: "same" }),
      },
    },
    Model: { construct: { returns: one("Document") }, members: statics },
    ListQuery: queryType(true, many("Document")),
    RowQuery: queryType(false, one("Document")),
    ValueQuery: queryType(false, "value"),
    /** Plain objects: rows or a row, as the pending effect says. */
    LeanQuery: { lazy: { kind: "db-read" }, any: { returns: "same" }, members: queryMembers },
    Aggregate: {
      lazy: { kind: "db-read", list: true },
      gives: "rows",
      any: { returns: "same" },
      members: {
        exec: { runs: true, promise: true },
        limit: { sets: { limited: true } },
        count: { sets: { count: true } },
        match: { sets: { filter: at(0) } },
        cursor: { runs: true, sets: { stream: true }, returns: one("Cursor") },
      },
    },
    Cursor: {
      element: one("Document"),
      members: {
        next: { returns: one("Document"), promise: true },
        eachAsync: { callbacks: [{ arg: 0, runs: "each", over: -1, params: [one("Document")] }], returns: "void", promise: true },
        ...names("on once", { callbacks: later, returns: "same" }),
        close: { returns: "void", promise: true },
      },
    },
    Document: {
      members: {
        save: write({ instance: true, within: at(0, "session") }, "same"),
        ...names("deleteOne remove", write({ instance: true, within: at(0, "session") }, "same")),
        ...names("updateOne replaceOne", { ...write({ instance: true, columns: at(0) }, "value") }),
        populate: { effect: { kind: "db-read", instance: true, eager: at(0) }, returns: "same", promise: true },
        execPopulate: { returns: "same", promise: true },
        ...names("toObject toJSON get isModified modifiedPaths id equals depopulate populated", { returns: "value" }),
        ...names("set markModified overwrite $session", { returns: "same" }),
        validate: { returns: "void", promise: true },
      },
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
  decorators: {
    Schema: { on: "class", table: { where: { arg: 0, property: "collection" } } },
    InjectModel: { on: "parameter", injects: { type: "Model", table: { arg: 0 } } },
  },
});
