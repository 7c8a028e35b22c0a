/** Repositories of LoopBack 4: a class of the project for each model. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, many, names, one } from "../shapes/places.ts";

const row = one("Entity");

function read(filter: number, returns: ResultSpec, more: Partial<EffectSpec> = {}): MethodSpec {
  return {
    effect: {
      kind: "db-read",
      filter: at(filter, "where"),
      limit: at(filter, "limit"),
      sort: at(filter, "order"),
      skip: at(filter, "offset", "skip"),
      eager: at(filter, "include"),
      eagerBy: "statement",
      columns: at(filter, "fields"),
      ...more,
    },
    returns,
    promise: true,
  };
}

function write(more: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-write", ...more }, returns, promise: true };
}

export default library({
  id: "loopback-repository",
  packages: ["@loopback/repository", "@loopback/sequelize"],
  exports: {
    ...names("DefaultCrudRepository DefaultTransactionalRepository DefaultTransactionSoftCrudRepository SequelizeCrudRepository", {
      class: "Repository",
      tableArgument: 0,
    }),
    ...names("EntityCrudRepository CrudRepository", { type: "Repository", tableArgument: 0 }),
  },
  types: {
    Repository: {
      members: {
        find: read(0, many("Entity"), { list: true }),
        findOne: read(0, row),
        findById: read(1, row),
        ...names("count exists", read(0, "value", { count: true, filter: at(0) })),
        create: write({}, row),
        createAll: write({ bulk: true }, many("Entity")),
        ...names("save update delete", write({ instance: true }, row)),
        ...names("updateById replaceById deleteById", write({}, "void")),
        ...names("updateAll deleteAll", write({ bulk: true }, "value")),
        execute: { effect: { kind: "db-read", list: true, sql: { arg: 0 } }, returns: "rows", promise: true },
        beginTransaction: {
          effect: { kind: "db-write", transaction: "begin" },
          returns: "value",
          promise: true,
        },
      },
    },
    Entity: { members: names("toJSON toObject getId", { returns: "value" }) },
  },
});
