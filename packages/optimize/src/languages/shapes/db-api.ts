/** Connections and cursors as Python's DB-API names them (PEP 249), which most drivers of SQL databases follow. */
import type { MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { named, names } from "./places.ts";

interface Shape {
  /** Name of the argument that holds the SQL text. */
  readonly sql: string;
  /** Calls give coroutines. */
  readonly promise: boolean;
  /** `execute` gives the cursor itself. */
  readonly chains: boolean;
  /** The connection executes too. */
  readonly direct: boolean;
}

/** Types `Connection` and `Cursor`, with `prefix` before their names. */
export function dbApiTypes(prefix: string, shape: Shape): Readonly<Record<string, TypeSpec>> {
  const cursor: ResultSpec = { type: `${prefix}Cursor` };
  const { promise } = shape;
  const blocking = !promise;
  const statement = (more: Pick<MethodSpec, "returns">, bulk = false): MethodSpec => ({
    effect: { kind: "db-read", list: true, blocking, bulk, sql: named(shape.sql, 0) },
    promise,
    ...more,
  });
  const fetch = (returns: ResultSpec): MethodSpec => ({ fetches: true, returns, promise });
  const transaction = (which: "commit" | "rollback"): MethodSpec => ({
    effect: { kind: "db-write", transaction: which },
    returns: "void",
    promise,
  });
  return {
    [`${prefix}Connection`]: {
      serial: true,
      members: {
        cursor: { returns: cursor },
        ...(shape.direct
          ? {
              execute: statement({ returns: cursor }),
              executemany: statement({ returns: cursor }, true),
              executescript: statement({ returns: cursor }),
            }
          : {}),
        commit: transaction("commit"),
        rollback: transaction("rollback"),
        close: { returns: "void", promise },
      },
    },
    [`${prefix}Cursor`]: {
      serial: true,
      members: {
        ...names("execute executescript", statement({ returns: shape.chains ? "same" : "void" })),
        executemany: statement({ returns: shape.chains ? "same" : "void" }, true),
        stream: statement({ returns: "rows" }),
        callproc: { effect: { kind: "db-read", blocking }, returns: "value", promise },
        ...names("fetchall fetchmany", fetch("rows")),
        fetchone: fetch("row"),
        close: { returns: "void", promise },
        connection: `${prefix}Connection`,
      },
      element: "row",
    },
  };
}
