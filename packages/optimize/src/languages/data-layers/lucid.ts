/** Lucid, the data layer of AdonisJS: models whose queries run when awaited, rows that load and write what hangs on them, and a plain builder. */
import type { EffectSpec } from "../../model/effect.ts";
import type { DecoratorSpec, MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, many, names, one } from "../shapes/places.ts";

const row = one("Instance");
const rows = many("Instance");

function read(effect: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-read", ...effect }, returns, promise: true };
}

function write(effect: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-write", ...effect }, returns, promise: true };
}

/** It writes the row that it does not find. */
const orMakes: MethodSpec = { ...read({ filter: at(0), makesMissing: true }, row), also: [{ kind: "db-write" }] };

const transaction: MethodSpec = {
  effect: { kind: "db-write", transaction: "begin" },
  callbacks: [{ arg: 0, runs: "transaction", params: [{ type: "Database" }] }],
  returns: "callback",
  otherwise: { type: "Database" },
  promise: true,
  lends: { what: "transaction", back: ["commit", "rollback"] },
};

/** A query about a relation: what the function says further is said of that one. */
const about = (type: string): MethodSpec["callbacks"] => [{ arg: 1, runs: "later", params: [{ type }] }];

/** What queries of models and plain ones share. */
const clauses: Record<string, MethodSpec> = {
  ...names("where andWhere orWhere where* andWhere* orWhere* having*", { sets: { filter: at(0) } }),
  ...names("where andWhere orWhere", { sets: { filter: at(0), where: "pair" } }),
  ...names("select distinct", { sets: { columns: at(0) } }),
  orderBy: { sets: { sort: "pair" } },
  offset: { sets: { skip: at(0) } },
  ...names("limit forPage", { sets: { limited: true } }),
  ...names("join innerJoin leftJoin leftOuterJoin rightJoin crossJoin joinRaw", { sets: { joined: true } }),
  ...names("first firstOrFail", { runs: true, sets: { list: false, limited: true }, promise: true }),
  ...names("update delete del increment decrement truncate", { sets: { kind: "db-write", list: false, bulk: true } }),
  ...names("insert multiInsert", { sets: { kind: "db-write", list: false, bulkIn: at(0) } }),
  ...names("count countDistinct min max sum sumDistinct avg avgDistinct", { sets: { count: true, list: false } }),
  ...names("useTransaction", { sets: { within: at(0) } }),
  ...names("from table", { table: { arg: 0 }, returns: "same" }),
  exec: { runs: true, promise: true },
  paginate: {
    runs: true,
    sets: { limited: true },
    also: [{ kind: "db-read", count: true }],
    returns: many("Instance"),
    promise: true,
  },
  ...names("toSQL toQuery clone", { returns: "same" }),
};

/** A builder of the database begins with any of these. */
const plain = (sets: Partial<EffectSpec> = {}, table = true): MethodSpec => ({
  sets,
  ...(table ? { table: { arg: 0 } } : {}),
  returns: { type: "Plain", ...(table ? { table: { arg: 0 } } : {}) },
});

const database: Record<string, MethodSpec | string> = {
  from: plain(),
  table: plain(),
  query: plain({}, false),
  insertQuery: plain({ kind: "db-write", list: false }, false),
  modelQuery: { returns: { type: "Query", table: { arg: 0 } } },
  rawQuery: { sets: { sql: at(0)[0] as NonNullable<EffectSpec["sql"]> }, returns: { type: "Raw" } },
  transaction,
  commit: { effect: { kind: "db-write", transaction: "commit" }, returns: "void", promise: true },
  rollback: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: true },
  ...names("connection connectionFromConfig", { returns: { type: "Database" } }),
  ...names("raw ref knexRawQuery", { returns: "value" }),
  after: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
};

const relationTo = (relation: "one" | "many"): DecoratorSpec => ({ on: "field", relation });
const rowHooks = "beforeSave afterSave beforeCreate afterCreate beforeUpdate afterUpdate beforeDelete afterDelete";

export default library({
  id: "lucid",
  packages: [
    "@adonisjs/lucid/orm",
    "@adonisjs/lucid/services/db",
    "@adonisjs/lucid/database",
    "@adonisjs/lucid/types/database",
    "@adonisjs/lucid/types/model",
    "@adonisjs/lucid/types/querybuilder",
    "@ioc:Adonis/Lucid/Orm",
    "@ioc:Adonis/Lucid/Database",
  ],
  exports: {
    default: { value: "Database" },
    BaseModel: { class: "Instance", statics: "Model" },
    ...names("Database DatabaseContract QueryClientContract TransactionClientContract", { type: "Database" }),
    ...names("ModelQueryBuilderContract ModelQueryBuilder", { type: "Query", tableArgument: 0 }),
    DatabaseQueryBuilderContract: { type: "Plain" },
    scope: { value: "Scope" },
  },
  types: {
    Database: { members: database },
    Scope: { call: { returns: "value" } },
    Model: {
      members: {
        query: { sets: { within: at(0, "client") }, returns: one("Query") },
        ...names("find findOrFail", read({ within: at(1, "client") }, row)),
        ...names("findBy findByOrFail", read({ filter: at(0), where: "pair" }, row)),
        ...names("first firstOrFail", read({}, row)),
        all: read({ list: true }, rows),
        ...names("findMany findManyBy", read({ list: true, filter: at(0) }, rows)),
        create: write({ within: at(1, "client") }, row),
        createMany: write({ bulk: true, within: at(1, "client") }, rows),
        ...names("firstOrCreate updateOrCreate", orMakes),
        firstOrNew: read({ filter: at(0) }, row),
        ...names("updateOrCreateMany fetchOrCreateMany fetchOrNewUpMany", {
          ...read({ list: true, bulk: true }, rows),
          also: [{ kind: "db-write", bulk: true }],
        }),
        truncate: write({ bulk: true }, "void"),
        transaction,
        ...names("before after addHook", { callbacks: [{ arg: 1, runs: "later" }], returns: "void" }),
        boot: { returns: "void" },
      },
    },
    Query: {
      lazy: { kind: "db-read", list: true },
      gives: rows,
      any: { returns: "same" },
      members: {
        ...clauses,
        ...names("first firstOrFail", { runs: true, sets: { list: false, limited: true }, returns: row, promise: true }),
        ...names("count countDistinct min max sum sumDistinct avg avgDistinct getCount", {
          sets: { count: true, list: false },
          returns: one("ValueQuery"),
        }),
        ...names("update delete del increment decrement", {
          sets: { kind: "db-write", list: false, bulk: true },
          returns: one("ValueQuery"),
        }),
        ...names("preload preloadOnce", { sets: { eager: at(0), eagerBy: "statement" }, callbacks: about("Query") }),
        ...names("withCount withAggregate has whereHas orWhereHas doesntHave whereDoesntHave", {
          callbacks: about("Query"),
          returns: "same",
        }),
        pojo: { sets: { values: true } },
        ...names("apply withScopes", { sets: { filter: at(0) } }),
      },
    },
    ValueQuery: { extends: "Query", lazy: { kind: "db-read" }, gives: "rows", any: { returns: "same" } },
    /** `db.from("orders")`: rows are plain objects. */
    Plain: { lazy: { kind: "db-read", list: true }, gives: "rows", any: { returns: "same" }, members: clauses },
    Raw: { lazy: { kind: "db-read", list: true }, gives: "value", any: { returns: "same" } },
    Instance: {
      members: {
        save: write({ instance: true }, "same"),
        ...names("delete", write({ instance: true }, "void")),
        ...names("refresh", read({ instance: true }, "same")),
        ...names("load loadOnce", { ...read({ relation: { arg: 0 } }, "void"), callbacks: about("Query") }),
        ...names("loadCount loadAggregate", { ...read({ relation: { arg: 0 }, count: true }, "void"), callbacks: about("Query") }),
        related: { sets: { relation: { arg: 0 } }, returns: one("Related") },
        ...names("merge fill set useTransaction enableForceUpdate", { returns: "same" }),
        ...names("serialize toJSON toObject serializeAttributes", { returns: "value" }),
      },
    },
    /** What hangs on a row, to be asked or written. */
    Related: {
      lazy: { kind: "db-read", list: true },
      inert: true,
      members: {
        ...names("query pivotQuery", { returns: one("Query") }),
        ...names("create save firstOrCreate updateOrCreate associate dissociate", {
          runs: true,
          sets: { kind: "db-write", list: false },
          returns: row,
          promise: true,
        }),
        ...names("createMany saveMany attach detach sync updateOrCreateMany fetchOrCreateMany", {
          runs: true,
          sets: { kind: "db-write", list: false, bulk: true },
          returns: rows,
          promise: true,
        }),
      },
    },
  },
  decorators: {
    ...names("hasMany manyToMany hasManyThrough", relationTo("many")),
    ...names("hasOne belongsTo", relationTo("one")),
    ...names<DecoratorSpec>(rowHooks, { on: "method", hook: true }),
  },
});
