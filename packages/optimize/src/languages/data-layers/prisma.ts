/** Prisma Client: delegates by model name, batched `findUnique`, one more statement for each included relation. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at } from "../shapes/places.ts";

const shape = {
  filter: at(0, "where"),
  sort: at(0, "orderBy"),
  skip: at(0, "skip"),
  eager: at(0, "include", "select"),
  eagerBy: "statement",
  columns: at(0, "select", "omit"),
} as const;

function read(effect: Partial<EffectSpec>, returns: MethodSpec["returns"]): MethodSpec {
  return { effect: { kind: "db-read", ...shape, ...effect }, ...(returns === undefined ? {} : { returns }), promise: true };
}

function write(effect: Partial<EffectSpec>, returns: MethodSpec["returns"]): MethodSpec {
  return { effect: { kind: "db-write", ...shape, ...effect }, ...(returns === undefined ? {} : { returns }), promise: true };
}

const list = read({ list: true, limit: at(0, "take") }, "rows");
const bulk = write({ bulk: true }, "value");
const count: MethodSpec = { effect: { kind: "db-read", count: true, filter: at(0, "where") }, returns: "value", promise: true };

/** Text may be SQL in a template, a string, or an object that `Prisma.sql` made. */
const query: MethodSpec = { effect: { kind: "db-read", list: true, sql: { arg: 0 } }, returns: "rows", promise: true };
const execute: MethodSpec = { effect: { kind: "db-write", sql: { arg: 0 } }, returns: "value", promise: true };

const transaction: MethodSpec = {
  callbacks: [{ arg: 0, runs: "transaction", params: [{ type: "PrismaClient" }] }],
  returns: "callback",
  otherwise: { argument: 0 },
  promise: true,
};

export default library({
  id: "prisma",
  packages: ["@prisma/client", "@prisma/client/edge", "@prisma/client/extension", ".prisma/client"],
  exports: {
    PrismaClient: { class: "PrismaClient" },
    Prisma: { value: "Prisma" },
    default: { value: "Module" },
    "Prisma.TransactionClient": { type: "PrismaClient" },
    "Prisma.DefaultPrismaClient": { type: "PrismaClient" },
  },
  types: {
    Module: {},
    Prisma: {
      members: {
        sql: { returns: { argument: 0 } },
        raw: { returns: { argument: 0 } },
        join: { returns: "value" },
        defineExtension: { returns: "value" },
        validator: { returns: "value" },
      },
    },
    PrismaClient: {
      construct: { effect: { kind: "connect" }, pools: { max: [], url: "connection_limit" } },
      any: "Delegate",
      anyNamesTable: true,
      members: {
        $transaction: transaction,
        $queryRaw: query,
        $queryRawUnsafe: query,
        $queryRawTyped: { effect: { kind: "db-read", list: true }, returns: "rows", promise: true },
        $executeRaw: execute,
        $executeRawUnsafe: execute,
        $runCommandRaw: { effect: { kind: "db-read", list: true }, returns: "value", promise: true },
        $connect: { returns: "void", promise: true },
        $disconnect: { returns: "void", promise: true },
        $extends: { returns: "same" },
        $use: { callbacks: [{ arg: 0, runs: "later" }], returns: "void" },
        $on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
      },
    },
    Delegate: {
      members: {
        findMany: list,
        findFirst: read({}, "row"),
        findFirstOrThrow: read({}, "row"),
        findUnique: read({ batched: true }, "row"),
        findUniqueOrThrow: read({ batched: true }, "row"),
        findRaw: {
          effect: { kind: "db-read", list: true, filter: at(0, "filter"), limit: at(0, "options.limit") },
          returns: "rows",
          promise: true,
        },
        aggregateRaw: { effect: { kind: "db-read", list: true, filter: at(0, "pipeline") }, returns: "rows", promise: true },
        count,
        aggregate: count,
        groupBy: { ...count, returns: "rows" },
        create: write({}, "row"),
        update: write({}, "row"),
        upsert: write({}, "row"),
        delete: write({}, "row"),
        createMany: bulk,
        updateMany: bulk,
        deleteMany: bulk,
        createManyAndReturn: write({ bulk: true }, "rows"),
        updateManyAndReturn: write({ bulk: true }, "rows"),
      },
    },
  },
});
