/** Sequelize, sequelize-typescript and @nestjs/sequelize: model statics, rows that are instances, association methods by name. */
import type { EffectSpec } from "../../model/effect.ts";
import type { CallbackSpec, DecoratorSpec, MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, many, names, one } from "../shapes/places.ts";

const row = one("Instance");
const rows = many("Instance");

function options(arg: number): Partial<EffectSpec> {
  return {
    filter: at(arg, "where"),
    limit: at(arg, "limit"),
    sort: at(arg, "order"),
    skip: at(arg, "offset"),
    eager: at(arg, "include"),
    columns: at(arg, "attributes"),
    within: at(arg, "transaction"),
    locking: at(arg, "lock"),
  };
}

function read(arg: number, returns: ResultSpec, effect: Partial<EffectSpec> = {}): MethodSpec {
  return { effect: { kind: "db-read", ...options(arg), ...effect }, returns, promise: true };
}

/** `arg` is where the options stand. */
function write(arg: number, returns: ResultSpec, effect: Partial<EffectSpec> = {}): MethodSpec {
  return { effect: { kind: "db-write", filter: at(arg, "where"), within: at(arg, "transaction"), ...effect }, returns, promise: true };
}

const number = { count: true } as const;
const bulk = { bulk: true } as const;
const instance = { instance: true } as const;
const related = { relation: "member" } as const;

function relates(kind: "one" | "many"): MethodSpec {
  return { relates: { kind, to: { arg: 0 }, as: { arg: 1, property: "as" } }, returns: "value" };
}

const hook: MethodSpec = { hooks: { arg: 0 }, callbacks: [0, 1].map((arg): CallbackSpec => ({ arg, runs: "later" })), returns: "same" };
const globalHook: MethodSpec = { callbacks: [0, 1].map((arg): CallbackSpec => ({ arg, runs: "later" })), returns: "same" };
const writeHooks =
  "beforeCreate afterCreate beforeUpdate afterUpdate beforeSave afterSave beforeDestroy afterDestroy beforeUpsert afterUpsert " +
  "beforeValidate afterValidate beforeRestore afterRestore";

const statics: Record<string, MethodSpec> = {
  findAll: read(0, rows, { list: true }),
  findOne: read(0, row),
  findByPk: read(1, row),
  findById: read(1, row),
  findByPrimary: read(1, row),
  find: read(0, row),
  findAndCountAll: {
    ...read(0, { properties: { rows, count: "value" } }, { list: true }),
    also: [{ kind: "db-read", count: true, filter: at(0, "where"), eager: at(0, "include"), within: at(0, "transaction") }],
  },
  findOrCreate: {
    ...read(0, { tuple: [row, "value"] }, { makesMissing: true }),
    also: [{ kind: "db-write", within: at(0, "transaction") }],
  },
  findCreateFind: {
    ...read(0, { tuple: [row, "value"] }, { makesMissing: true }),
    also: [{ kind: "db-write", within: at(0, "transaction") }],
  },
  findOrBuild: read(0, { tuple: [row, "value"] }),
  ...names("count countAll", read(0, "value", number)),
  ...names("max min sum", read(1, "value", number)),
  aggregate: read(2, "value", number),
  create: write(1, row),
  bulkCreate: write(1, rows, bulk),
  update: write(1, { tuple: ["value", "rows"] }, { ...bulk, columns: at(0) }),
  upsert: write(1, { tuple: [row, "value"] }),
  destroy: write(0, "value", { ...bulk, force: { arg: 0, property: "force" } }),
  restore: write(0, "void", bulk),
  truncate: write(0, "void", bulk),
  ...names("increment decrement", write(1, "value", { ...bulk, columns: at(0) })),
  ...names("scope withScope", { returns: "narrowed" }),
  ...names("unscoped schema", { returns: "same" }),
  build: { returns: row },
  bulkBuild: { returns: rows },
  init: {
    table: { arg: 1, property: "modelName", or: { arg: 1, property: "tableName" } },
    hooks: { arg: 1, property: "hooks" },
    returns: "same",
  },
  ...names("hasMany belongsToMany", relates("many")),
  ...names("hasOne belongsTo", relates("one")),
  ...names(writeHooks, hook),
  ...names("addHook hook", {
    hooks: { arg: 0 },
    callbacks: [
      { arg: 1, runs: "later" },
      { arg: 2, runs: "later" },
    ],
    returns: "same",
  }),
  addScope: { returns: "void" },
  sync: { effect: { kind: "db-write" }, returns: "same", promise: true },
  drop: { effect: { kind: "db-write" }, returns: "void", promise: true },
  describe: { effect: { kind: "db-read" }, returns: "value", promise: true },
};

/** The longest prefix wins, so that plain accessors of an instance stay plain. */
const instanceMembers: Record<string, MethodSpec> = {
  ...names("save destroy restore", {
    effect: { kind: "db-write", ...instance, within: at(0, "transaction"), force: { arg: 0, property: "force" } },
    returns: "same",
    promise: true,
  }),
  ...names("update increment decrement updateAttributes", write(1, "same", { ...instance, columns: at(0) })),
  reload: {
    effect: { kind: "db-read", ...instance, eager: at(0, "include"), within: at(0, "transaction") },
    returns: "same",
    promise: true,
  },
  validate: { returns: "void", promise: true },
  ...names("get getDataValue toJSON previous changed equals equalsOneOf isSoftDeleted where", { returns: "value" }),
  ...names("set setDataValue setAttributes addHook", { returns: "same" }),
  $get: read(1, rows, { relation: { arg: 0 } }),
  $count: read(1, "value", { ...number, relation: { arg: 0 } }),
  $has: read(2, "value", { ...number, relation: { arg: 0 } }),
  ...names("$set $add $remove", write(2, "void", { ...bulk, relation: { arg: 0 } })),
  $create: write(2, row, { relation: { arg: 0 } }),
  "get*": read(0, rows, related),
  "count*": read(0, "value", { ...number, ...related }),
  "has*": read(1, "value", { ...number, ...related }),
  ...names("set* add* remove*", write(1, "void", { ...bulk, ...related })),
  "create*": write(1, row, related),
};

const transaction: MethodSpec = {
  effect: { kind: "db-write", transaction: "begin" },
  callbacks: [0, 1].map((arg): CallbackSpec => ({ arg, runs: "transaction", params: [{ type: "Transaction" }] })),
  returns: "callback",
  otherwise: { type: "Transaction" },
  promise: true,
  lends: { what: "transaction", back: ["commit", "rollback"] },
};

const toMany: DecoratorSpec = { on: "field", relation: "many" };
const toOne: DecoratorSpec = { on: "field", relation: "one" };
const rowHook: DecoratorSpec = { on: "method", hook: true };

export default library({
  id: "sequelize",
  packages: ["sequelize", "sequelize-typescript", "@nestjs/sequelize", "@sequelize/core"],
  exports: {
    default: { class: "Sequelize" },
    Sequelize: { class: "Sequelize" },
    Model: { class: "Instance", statics: "Model" },
    Transaction: { class: "Transaction" },
    ModelStatic: { type: "Model", tableArgument: 0 },
    ModelCtor: { type: "Model", tableArgument: 0 },
    ModelDefined: { type: "Model" },
    Repository: { type: "Model", tableArgument: 0 },
    Op: { value: "Op" },
  },
  types: {
    Sequelize: {
      construct: { effect: { kind: "connect" }, pools: { max: ["pool.max"] } },
      members: {
        define: { table: { arg: 0 }, hooks: { arg: 2, property: "hooks" }, returns: { type: "Model", table: { arg: 0 } } },
        model: { returns: { type: "Model", table: { arg: 0 } } },
        getRepository: { returns: { type: "Model", table: { arg: 0 } } },
        models: "Models",
        import: { imports: { arg: 0 } },
        query: {
          effect: { kind: "db-read", list: true, sql: { arg: 0, property: "query", or: { arg: 0 } }, within: at(1, "transaction") },
          returns: "rows",
          promise: true,
        },
        transaction,
        authenticate: { effect: { kind: "db-read" }, returns: "void", promise: true },
        ...names("sync drop truncate", { effect: { kind: "db-write" }, returns: "same", promise: true }),
        close: { returns: "void", promise: true },
        addModels: { returns: "void" },
        ...names(`${writeHooks} addHook`, globalHook),
      },
    },
    /** `[Op.gt]` is the key `$gt`. */
    Op: { constants: "$" },
    Models: { any: "Model", anyNamesTable: true },
    Model: { construct: { returns: row }, members: statics },
    Instance: { members: instanceMembers },
    Transaction: {
      members: {
        commit: { effect: { kind: "db-write", transaction: "commit" }, returns: "void", promise: true },
        rollback: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: true },
        afterCommit: { callbacks: [{ arg: 0, runs: "later" }], returns: "void" },
      },
    },
  },
  decorators: {
    Table: { on: "class", table: { where: { arg: 0, property: "tableName", or: { arg: 0, property: "modelName" } } } },
    HasMany: toMany,
    BelongsToMany: toMany,
    HasOne: toOne,
    BelongsTo: toOne,
    InjectModel: { on: "parameter", injects: { type: "Model", table: { arg: 0 } } },
    ...Object.fromEntries(writeHooks.split(" ").map((name) => [name.charAt(0).toUpperCase() + name.slice(1), rowHook])),
  },
});
