/** MikroORM: entity managers and repositories; changes are written on flush, so that persist and remove do nothing at once. */
import type { EffectSpec } from "../../model/effect.ts";
import type { DecoratorSpec, MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

/** An entity manager takes the entity class first (`shift` 1), a repository has its own. */
function operations(shift: 0 | 1): Record<string, MethodSpec> {
  const table = shift === 1 ? { table: { arg: 0 } } : {};
  const shape: Partial<EffectSpec> = {
    ...table,
    filter: at(shift),
    limit: at(shift + 1, "limit"),
    eager: at(shift + 1, "populate"),
    columns: at(shift + 1, "fields"),
  };
  function read(effect: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
    return { effect: { kind: "db-read", ...shape, ...effect }, returns, promise: true };
  }
  function write(effect: Partial<EffectSpec>): MethodSpec {
    return { effect: { kind: "db-write", ...table, filter: at(shift), ...effect }, returns: "value", promise: true };
  }
  return {
    find: read({ list: true }, "rows"),
    findAll: read({ list: true, filter: at(shift, "where"), limit: at(shift, "limit"), eager: at(shift, "populate") }, "rows"),
    findAndCount: {
      ...read({ list: true }, { tuple: ["rows", "value"] }),
      also: [{ kind: "db-read", ...table, count: true, filter: at(shift) }],
    },
    findByCursor: read({ list: true, limit: at(shift + 1, "first", "last") }, "value"),
    ...names("findOne findOneOrFail", read({}, "row")),
    count: { effect: { kind: "db-read", ...table, count: true, filter: at(shift) }, returns: "value", promise: true },
    upsert: write({}),
    upsertMany: write({ bulk: true }),
    insert: write({ filter: [] }),
    nativeInsert: write({ filter: [] }),
    insertMany: write({ bulk: true, filter: [] }),
    ...names("nativeUpdate nativeDelete", write({ bulk: true })),
    populate: { effect: { kind: "db-read", list: true, eager: at(1) }, returns: { argument: 0 }, promise: true },
    create: { returns: "row" },
    assign: { returns: { argument: 0 } },
    ...names("getReference map merge", { returns: "row" }),
    ...names("createQueryBuilder qb", {
      returns: shift === 1 ? { type: "Query", table: { arg: 0 } } : { type: "Query", table: "receiver" },
    }),
  };
}

const flush: MethodSpec = { effect: { kind: "db-write", bulk: true }, returns: "void", promise: true };
const toMany: DecoratorSpec = { on: "field", relation: "many" };
const toOne: DecoratorSpec = { on: "field", relation: "one" };
const rowHook: DecoratorSpec = { on: "method", hook: true };
const drivers = "core postgresql mysql mariadb sqlite better-sqlite libsql mongodb mssql knex nestjs";

export default library({
  id: "mikro-orm",
  packages: drivers.split(" ").map((driver) => `@mikro-orm/${driver}`),
  exports: {
    MikroORM: { class: "Orm", statics: "OrmClass" },
    ...names("EntityManager SqlEntityManager MongoEntityManager", { class: "EntityManager" }),
    ...names("EntityRepository SqlEntityRepository MongoEntityRepository", { class: "Repository", tableArgument: 0 }),
  },
  types: {
    OrmClass: {
      members: {
        init: { effect: { kind: "connect" }, returns: { type: "Orm" }, promise: true },
        initSync: { effect: { kind: "connect" }, returns: { type: "Orm" } },
      },
    },
    Orm: { members: { em: "EntityManager", close: { returns: "void", promise: true } } },
    EntityManager: {
      members: {
        ...operations(1),
        flush,
        ...names("persistAndFlush removeAndFlush", flush),
        ...names("persist remove clear fork", { returns: "same" }),
        getRepository: { returns: { type: "Repository", table: { arg: 0 } } },
        ...names("transactional", {
          callbacks: [{ arg: 0, runs: "transaction", params: [{ type: "EntityManager" }] }],
          returns: "callback",
          promise: true,
        }),
        begin: { effect: { kind: "db-write", transaction: "begin" }, returns: "void", promise: true },
        commit: { effect: { kind: "db-write", transaction: "commit" }, returns: "void", promise: true },
        rollback: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: true },
        execute: { effect: { kind: "db-read", list: true, sql: { arg: 0 } }, returns: "rows", promise: true },
        getConnection: { returns: { type: "Connection" } },
      },
    },
    Connection: { members: { execute: { effect: { kind: "db-read", list: true, sql: { arg: 0 } }, returns: "rows", promise: true } } },
    Repository: {
      members: {
        ...operations(0),
        ...names("persistAndFlush removeAndFlush flush", flush),
        ...names("persist remove", { returns: "same" }),
        getEntityManager: { returns: { type: "EntityManager" } },
        em: "EntityManager",
      },
    },
    Query: {
      lazy: { kind: "db-read", list: true },
      any: { returns: "same" },
      members: {
        ...names("where andWhere orWhere", { sets: { filter: at(0) } }),
        limit: { sets: { limited: true } },
        select: { sets: { columns: at(0) } },
        leftJoinAndSelect: { sets: { eager: at(0) } },
        insert: { sets: { kind: "db-write", list: false, bulkIn: at(0) } },
        ...names("update delete truncate", { sets: { kind: "db-write", list: false, bulk: true } }),
        count: { sets: { count: true, list: false } },
        ...names("getResult getResultList execute", { runs: true, promise: true }),
        getSingleResult: { runs: true, sets: { list: false }, promise: true },
        getCount: { runs: true, sets: { count: true, list: false }, returns: "value", promise: true },
      },
    },
  },
  decorators: {
    Entity: { on: "class", table: { where: { arg: 0, property: "tableName", or: { arg: 0, property: "collection" } } } },
    ...names("OneToMany ManyToMany", toMany),
    ...names("ManyToOne OneToOne", toOne),
    ...names("BeforeCreate AfterCreate BeforeUpdate AfterUpdate BeforeDelete AfterDelete BeforeUpsert AfterUpsert", rowHook),
    InjectRepository: { on: "parameter", injects: { type: "Repository", table: { arg: 0 } } },
    Transactional: { on: "method", transactional: true },
  },
});
