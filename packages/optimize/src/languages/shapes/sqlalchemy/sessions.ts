/** Sessions, connections and engines of SQLAlchemy; the asynchronous ones wait for the same calls. */
import type { EffectSpec } from "../../../model/effect.ts";
import type { LendsSpec } from "../../../model/lends.ts";
import type { MethodSpec, ResultSpec, TypeSpec } from "../../../model/library.ts";
import { named, names } from "../places.ts";
import { querying } from "./builders.ts";

const entity = named("entity", 0);
const statement = named("statement", 0);

/** Runs the statement that it is given. */
function executing(waits: boolean, returns: ResultSpec, sets: Partial<EffectSpec> = {}): MethodSpec {
  const blocking = !waits;
  return {
    runs: statement,
    sets: { blocking, bulkIn: [named("params", 1)], ...sets },
    effect: { kind: "db-read", list: true, blocking, sql: statement, ...sets },
    returns,
    promise: waits,
    // Touching a relation that was not loaded is an error there: the program has none to touch.
    ...(waits ? { rows: { eager: "all" } } : {}),
  };
}

/** What nobody holds any more gives its connection back. */
const lends: LendsSpec = { what: "session", back: ["close"], steady: ["begin", "execution_options", "rollback"], collected: true };

const commit: EffectSpec = { kind: "db-write", transaction: "commit" };

/** What leaving `with session.begin():` does. */
const leaving: Readonly<Record<string, MethodSpec>> = names("__exit__ __aexit__", { flushes: true, effect: commit, returns: "void" });

function executes(waits: boolean): Readonly<Record<string, MethodSpec>> {
  const prefix = waits ? "Async" : "";
  return {
    execute: executing(waits, { type: "Result" }),
    ...names("scalars exec", executing(waits, { type: "Scalars" })),
    scalar: executing(waits, { type: "Row", table: "receiver" }, { list: false }),
    stream: executing(waits, { type: `${prefix}Result` }, { stream: true }),
    stream_scalars: executing(waits, { type: `${prefix}Scalars` }, { stream: true }),
    commit: { flushes: true, effect: commit, returns: "void", promise: waits },
    rollback: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: waits },
    run_sync: { callbacks: [{ arg: 0, runs: "once", params: [{ type: "Session" }] }], returns: "callback", promise: waits },
    ...names("close invalidate", { returns: "void", promise: waits }),
    begin: { effect: { kind: "db-write", transaction: "begin" }, returns: { type: "Transaction" } },
    begin_nested: { returns: { type: "Savepoint" } },
  };
}

function session(waits: boolean): TypeSpec {
  const blocking = !waits;
  const kept = (more: Partial<EffectSpec> = {}): MethodSpec => ({
    effect: { kind: "db-write", pending: true, batched: true, table: named("instance", 0), ...more },
    returns: "void",
  });
  const bulk: MethodSpec = { effect: { kind: "db-write", bulk: true, blocking, table: { arg: 0 } }, returns: "void", promise: waits };
  return {
    serial: true,
    members: {
      ...executes(waits),
      query: querying,
      ...names("get get_one", {
        effect: { kind: "db-read", blocking, table: entity, filter: [named("ident", 1)] },
        returns: { type: "Row", table: entity },
        promise: waits,
        ...(waits ? { rows: { eager: "all" } } : {}),
      }),
      add: kept({ keeps: true }),
      add_all: kept({ bulk: true, table: named("instances", 0) }),
      delete: { ...kept({ beside: "orphans" }), promise: waits },
      merge: { ...kept(), also: [{ kind: "db-read", blocking, table: named("instance", 0) }], returns: { argument: 0 }, promise: waits },
      ...names("bulk_save_objects bulk_insert_mappings bulk_update_mappings", bulk),
      flush: { flushes: true, returns: "void", promise: waits },
      refresh: { effect: { kind: "db-read", blocking, table: named("instance", 0) }, returns: "void", promise: waits },
      ...names("expunge expunge_all expire expire_all", { returns: "void" }),
      ...names("connection", { returns: { type: waits ? "AsyncConnection" : "Connection" }, promise: waits }),
      ...names("get_bind", { returns: { type: "Engine" } }),
      sync_session: "Session",
      ...(waits ? {} : { session: "Session" }),
    },
  };
}

function connection(waits: boolean): TypeSpec {
  const blocking = !waits;
  return {
    serial: true,
    members: {
      ...executes(waits),
      exec_driver_sql: {
        effect: { kind: "db-read", list: true, blocking, sql: named("statement", 0) },
        returns: { type: "Result" },
        promise: waits,
      },
      execution_options: { returns: "same" },
    },
  };
}

function engine(waits: boolean): TypeSpec {
  const prefix = waits ? "Async" : "";
  return {
    members: {
      connect: { returns: { type: `${prefix}Connection` }, lends: { ...lends, what: "connection" } },
      begin: { effect: { kind: "db-write", transaction: "begin" }, returns: { type: `${prefix}Begun` } },
      ...names("execute scalar", executing(waits, { type: "Result" })),
      execution_options: { returns: "same" },
      dispose: { returns: "void", promise: waits },
      sync_engine: "Engine",
    },
  };
}

/** Calls that make sessions: of the class that they were told, else of the usual one. */
function maker(waits: boolean): TypeSpec {
  const usual: ResultSpec = { type: waits ? "AsyncSession" : "Session" };
  const made: ResultSpec = { instanceOf: { ...named("class_"), made: true }, otherwise: usual };
  return {
    call: { returns: made, lends },
    members: {
      begin: { effect: { kind: "db-write", transaction: "begin" }, returns: { type: waits ? "AsyncBegunSession" : "BegunSession" } },
      configure: { returns: "void" },
    },
  };
}

export const sessionTypes: Readonly<Record<string, TypeSpec>> = {
  Session: session(false),
  AsyncSession: session(true),
  BegunSession: { extends: "Session", members: leaving },
  AsyncBegunSession: { extends: "AsyncSession", members: leaving },
  SessionMaker: maker(false),
  AsyncSessionMaker: maker(true),
  /** `scoped_session(…)`: calling it gives the session of the thread, and so does asking it. */
  SessionRegistry: {
    extends: "Session",
    call: { returns: { type: "Session" } },
    members: { remove: { returns: "void" }, query_property: { returns: { type: "Query" } } },
  },
  AsyncSessionRegistry: {
    extends: "AsyncSession",
    call: { returns: { type: "AsyncSession" } },
    members: { remove: { returns: "void", promise: true } },
  },
  Connection: connection(false),
  AsyncConnection: connection(true),
  Begun: { extends: "Connection", members: leaving },
  AsyncBegun: { extends: "AsyncConnection", members: leaving },
  Engine: engine(false),
  AsyncEngine: engine(true),
  Transaction: { members: { ...leaving, commit: { flushes: true, effect: commit, returns: "void" }, rollback: { returns: "void" } } },
  Savepoint: { members: { ...names("__exit__ __aexit__ commit", { flushes: true, returns: "void" }), rollback: { returns: "void" } } },
};
