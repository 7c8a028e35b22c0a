/** TypeORM and @nestjs/typeorm: repositories, entity managers, active record, query builders that run only on get* and execute. */
import type { EffectSpec, Where } from "../../model/effect.ts";
import type { CallbackSpec, DecoratorSpec, MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import type { PoolSpec } from "../../model/pools.ts";
import { at, names, one } from "../shapes/places.ts";

/**
 * Reading and writing by criteria. Repositories and active records take criteria first (`shift` 0, table of the receiver);
 * an entity manager takes the entity class before them (`shift` 1).
 */
function operations(shift: 0 | 1): Record<string, MethodSpec> {
  const table: { table?: Where } = shift === 1 ? { table: { arg: 0 } } : {};
  const row: ResultSpec = { type: "Entity", table: shift === 1 ? { arg: 0 } : "receiver" };
  const rows: ResultSpec = { ...row, list: true };
  const find: Partial<EffectSpec> = {
    ...table,
    filter: at(shift, "where"),
    limit: at(shift, "take"),
    sort: at(shift, "order"),
    skip: at(shift, "skip"),
    eager: at(shift, "relations"),
    joinsUnless: { where: { arg: shift, property: "relationLoadStrategy" }, is: "query" },
    columns: at(shift, "select"),
    keysFirst: "own",
  };
  const by: Partial<EffectSpec> = { ...table, filter: at(shift), keysFirst: "own" };
  function read(effect: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
    return { effect: { kind: "db-read", ...effect }, returns, promise: true };
  }
  function write(effect: Partial<EffectSpec>, returns: ResultSpec = "value"): MethodSpec {
    return { effect: { kind: "db-write", ...effect }, returns, promise: true };
  }
  /** `manager.save(entity)` as well as `manager.save(User, entity)`: the table may be that of what is saved. */
  const saved: Partial<EffectSpec> = { ...table, bulkIn: shift === 1 ? [{ arg: 1 }, { arg: 0 }] : at(0), instance: true };
  const rowsAndCount: ResultSpec = { tuple: [rows, "value"] };
  return {
    find: read({ ...find, list: true }, rows),
    findBy: read({ ...by, list: true }, rows),
    findByIds: read({ ...by, list: true }, rows),
    findAndCount: { ...read({ ...find, list: true }, rowsAndCount), also: [{ kind: "db-read", ...find, count: true }] },
    findAndCountBy: { ...read({ ...by, list: true }, rowsAndCount), also: [{ kind: "db-read", ...by, count: true }] },
    ...names("findOne findOneOrFail", read(find, row)),
    ...names("findOneBy findOneByOrFail findOneById", read(by, row)),
    count: read({ ...find, count: true }, "value"),
    ...names("countBy exists existsBy exist", read({ ...by, count: true }, "value")),
    ...names("sum average minimum maximum", read({ ...table, count: true, filter: at(shift + 1) }, "value")),
    save: write({ ...saved, comparesFirst: "kept" }, { argument: shift }),
    ...names("remove softRemove recover", write({ ...saved, comparesFirst: "always" }, { argument: shift })),
    insert: write({ ...table, bulkIn: at(shift) }),
    upsert: write({ ...table, bulkIn: at(shift) }),
    ...names("update updateAll", write({ ...by, bulk: true, columns: at(shift + 1) })),
    ...names("delete softDelete restore deleteAll", write({ ...by, bulk: true })),
    ...names("increment decrement", write({ ...by, bulk: true, columns: at(shift + 1) })),
    clear: write({ ...table, bulk: true }, "void"),
    preload: read({ ...table, filter: at(shift) }, row),
    create: { returns: { ...row, type: "NewEntity" } },
    merge: { returns: { argument: shift } },
    createQueryBuilder: { returns: shift === 1 ? { type: "SelectQuery", table: { arg: 0 } } : one("SelectQuery") },
  };
}

const sql: MethodSpec = { effect: { kind: "db-read", list: true, sql: { arg: 0 } }, returns: "rows", promise: true };
const transaction: MethodSpec = {
  callbacks: [0, 1].map((arg): CallbackSpec => ({ arg, runs: "transaction", params: [{ type: "EntityManager" }] })),
  returns: "callback",
  promise: true,
};
const repository: MethodSpec = { returns: { type: "Repository", table: { arg: 0 } } };
const join: MethodSpec = { sets: { eager: at(0), eagerAs: { arg: 1 } } };

/** Runs the pending statement. `one` row, many, or a number. */
function run(sets: Partial<EffectSpec>, returns: ResultSpec, also?: EffectSpec): MethodSpec {
  return { runs: true, sets, returns, promise: true, ...(also === undefined ? {} : { also: [also] }) };
}

/** What a row does with itself. */
function ownWrite(comparesFirst: NonNullable<EffectSpec["comparesFirst"]>): MethodSpec {
  return { effect: { kind: "db-write", instance: true, comparesFirst }, returns: "same", promise: true };
}

const selectQuery: TypeSpec = {
  lazy: { kind: "db-read", list: true },
  inert: true,
  any: { returns: "same" },
  members: {
    ...names("where andWhere orWhere whereInIds having andHaving", { sets: { filter: at(0) } }),
    ...names("orderBy addOrderBy", { sets: { sort: "pair" } }),
    offset: { sets: { skip: at(0) } },
    limit: { sets: { limited: true } },
    take: { sets: { limited: true, keysFirst: "said" } },
    skip: { sets: { keysFirst: "said", skip: at(0) } },
    ...names("select addSelect", { sets: { columns: at(0) } }),
    ...names("leftJoinAndSelect innerJoinAndSelect leftJoinAndMapOne leftJoinAndMapMany innerJoinAndMapOne innerJoinAndMapMany", join),
    ...names("leftJoin innerJoin", { sets: { joined: true } }),
    from: { table: { arg: 0 }, returns: "same" },
    ...names("insert delete softDelete restore", { sets: { kind: "db-write", list: false } }),
    update: { sets: { kind: "db-write", list: false, bulk: true }, table: { arg: 0 }, returns: "same" },
    into: { table: { arg: 0 }, returns: "same" },
    values: { sets: { bulkIn: at(0) } },
    relation: { returns: { type: "RelationQuery", table: { arg: 0 } } },
    getMany: run({ list: true }, { type: "Entity", list: true, table: "receiver" }),
    getRawMany: run({ list: true }, "rows"),
    getRawAndEntities: run({ list: true }, { properties: { entities: "rows", raw: "rows" } }),
    ...names("getOne getOneOrFail", run({ list: false }, one("Entity"))),
    getRawOne: run({ list: false }, "row"),
    getManyAndCount: run({ list: true }, { tuple: ["rows", "value"] }, { kind: "db-read", count: true }),
    ...names("getCount getExists", run({ list: false, count: true }, "value")),
    execute: run({}, "value"),
    stream: run({ stream: true }, "value"),
    ...names("getQuery getSql getParameters getQueryAndParameters", { returns: "value" }),
  },
};

const toMany: DecoratorSpec = { on: "field", relation: "many" };
const toOne: DecoratorSpec = { on: "field", relation: "one" };
const rowHooks =
  "BeforeInsert AfterInsert BeforeUpdate AfterUpdate BeforeRemove AfterRemove BeforeSoftRemove AfterSoftRemove BeforeRecover AfterRecover";
const rowHook: DecoratorSpec = { on: "method", hook: true };
const entity: DecoratorSpec = { on: "class", table: { where: { arg: 0, property: "name", or: { arg: 0 } } } };

/** What stands for a value in a filter: `In(keys)`. */
const operators = "In Any Equal MoreThan MoreThanOrEqual LessThan LessThanOrEqual Between Like ILike IsNull Not Raw ArrayContains".split(
  " ",
);

/** What `extra` says goes to the driver's own pool. */
const pools: PoolSpec = { max: ["extra.max", "extra.connectionLimit", "poolSize"] };

export default library({
  id: "typeorm",
  packages: ["typeorm", "@nestjs/typeorm", "typeorm-transactional"],
  exports: {
    default: { value: "Module" },
    DataSource: { class: "DataSource" },
    Connection: { class: "DataSource" },
    EntityManager: { class: "EntityManager" },
    BaseEntity: { class: "Entity", statics: "EntityClass" },
    QueryRunner: { type: "QueryRunner" },
    Repository: { class: "Repository", tableArgument: 0 },
    TreeRepository: { class: "Repository", tableArgument: 0 },
    MongoRepository: { class: "Repository", tableArgument: 0 },
    SelectQueryBuilder: { type: "SelectQuery", tableArgument: 0 },
    getRepository: { value: "getRepository" },
    getConnection: { value: "getConnection" },
    getManager: { value: "getManager" },
    getCustomRepository: { value: "getRepository" },
    createConnection: { value: "createConnection" },
    runInTransaction: { value: "runInTransaction" },
    wrapInTransaction: { value: "wrapInTransaction" },
    ...Object.fromEntries(operators.map((name) => [name, { value: name }])),
  },
  types: {
    Module: {},
    ...Object.fromEntries(operators.map((name): [string, TypeSpec] => [name, { call: { returns: { type: name } } }])),
    getRepository: { call: repository },
    getConnection: { call: { returns: { type: "DataSource" } } },
    getManager: { call: { returns: { type: "EntityManager" } } },
    createConnection: { call: { effect: { kind: "connect" }, returns: { type: "DataSource" }, promise: true, pools } },
    runInTransaction: { call: { callbacks: [{ arg: 0, runs: "transaction" }], returns: "callback" } },
    wrapInTransaction: { call: { wraps: 0, transactional: true } },
    DataSource: {
      construct: { pools },
      members: {
        manager: "EntityManager",
        ...names("initialize connect", { effect: { kind: "connect" }, returns: "same", promise: true }),
        ...names("destroy close", { returns: "void", promise: true }),
        ...names("getRepository getTreeRepository getMongoRepository getCustomRepository", repository),
        query: sql,
        transaction,
        createQueryBuilder: { returns: { type: "SelectQuery", table: { arg: 0 } } },
        createQueryRunner: {
          returns: { type: "QueryRunner" },
          lends: { what: "connection", back: ["release"], steady: ["connect", "startTransaction", "rollbackTransaction"] },
        },
        ...names("synchronize runMigrations undoLastMigration dropDatabase", { effect: { kind: "db-write" }, promise: true }),
      },
    },
    EntityManager: {
      members: {
        ...operations(1),
        query: sql,
        transaction,
        ...names("getRepository getTreeRepository getMongoRepository getCustomRepository withRepository", repository),
        connection: "DataSource",
        dataSource: "DataSource",
        queryRunner: "QueryRunner",
      },
    },
    Repository: {
      members: {
        ...operations(0),
        query: sql,
        manager: "EntityManager",
        extend: { returns: "same", copies: { arg: 0 } },
        ...names("findTrees findRoots findDescendants findAncestors", {
          effect: { kind: "db-read", list: true },
          returns: { type: "Entity", list: true, table: "receiver" },
          promise: true,
        }),
      },
    },
    EntityClass: { construct: { returns: one("Entity") }, members: { ...operations(0), getRepository: { returns: one("Repository") } } },
    Entity: {
      members: {
        save: ownWrite("kept"),
        ...names("remove softRemove recover", ownWrite("always")),
        reload: { effect: { kind: "db-read", instance: true }, returns: "void", promise: true },
        hasId: { returns: "value" },
      },
    },
    /** Made by the program: nothing is kept of it yet. */
    NewEntity: { extends: "Entity" },
    QueryRunner: {
      members: {
        manager: "EntityManager",
        connection: "DataSource",
        query: sql,
        stream: { effect: { kind: "db-read", list: true, stream: true, sql: { arg: 0 } }, returns: "value", promise: true },
        connect: { returns: "void", promise: true },
        release: { returns: "void", promise: true },
        startTransaction: { effect: { kind: "db-write", transaction: "begin" }, returns: "void", promise: true },
        commitTransaction: { effect: { kind: "db-write", transaction: "commit" }, returns: "void", promise: true },
        rollbackTransaction: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: true },
      },
    },
    SelectQuery: selectQuery,
    /** `.relation(User, "posts").of(user).loadMany()` */
    RelationQuery: {
      lazy: { kind: "db-read", list: true },
      inert: true,
      any: { returns: "same" },
      members: {
        loadMany: run({ list: true }, "rows"),
        loadOne: run({ list: false }, "row"),
        ...names("add remove set addAndRemove", run({ kind: "db-write", list: false, bulkIn: at(0) }, "void")),
      },
    },
  },
  decorators: {
    Entity: entity,
    ViewEntity: entity,
    ChildEntity: { on: "class", table: {} },
    OneToMany: toMany,
    ManyToMany: toMany,
    ManyToOne: toOne,
    OneToOne: toOne,
    ...names(rowHooks, rowHook),
    InjectRepository: { on: "parameter", injects: { type: "Repository", table: { arg: 0 } } },
    Transactional: { on: "method", transactional: true },
  },
});
