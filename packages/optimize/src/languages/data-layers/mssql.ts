/** mssql: requests of a pool, of a transaction or of the module's own connection. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const found: ResultSpec = { properties: { recordset: "rows", recordsets: "value", rowsAffected: "value", output: "value" } };
const query: MethodSpec = { effect: { kind: "db-read", list: true, sql: { arg: 0 } }, returns: found, promise: true };
const connect: MethodSpec = {
  effect: { kind: "connect" },
  returns: { type: "Pool" },
  promise: true,
  pools: { max: ["pool.max"] },
};

function transaction(step: NonNullable<EffectSpec["transaction"]>): MethodSpec {
  return { effect: { kind: "db-write", transaction: step }, returns: "void", promise: true };
}

const request: MethodSpec = { returns: { type: "Request" } };

export default library({
  id: "mssql",
  packages: ["mssql", "mssql/msnodesqlv8"],
  exports: {
    default: { value: "Module" },
    connect: { value: "connect" },
    query: { value: "query" },
    ConnectionPool: { class: "Pool" },
    Request: { class: "Request" },
    Transaction: { class: "Transaction" },
    PreparedStatement: { class: "Prepared" },
  },
  types: {
    Module: { members: { connect, query, ...names("on close", { returns: "void" }) } },
    connect: { call: connect },
    query: { call: query },
    Pool: {
      members: {
        connect: { returns: "same", promise: true },
        request,
        transaction: { returns: { type: "Transaction" } },
        query,
        batch: query,
        close: { returns: "void", promise: true },
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
      },
    },
    Request: {
      members: {
        ...names("query batch", query),
        execute: { effect: { kind: "db-read", list: true }, returns: found, promise: true },
        bulk: { effect: { kind: "db-write", bulk: true }, returns: "value", promise: true },
        ...names("input output replaceInput", { returns: "same" }),
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
      },
    },
    Transaction: {
      serial: true,
      members: { begin: transaction("begin"), commit: transaction("commit"), rollback: transaction("rollback"), request },
    },
    Prepared: {
      lazy: { kind: "db-read", list: true },
      inert: true,
      members: {
        ...names("input output", { returns: "same" }),
        prepare: { sets: { sql: { arg: 0 } }, promise: true },
        execute: { runs: true, returns: found, promise: true },
        unprepare: { returns: "void", promise: true },
      },
    },
  },
});
