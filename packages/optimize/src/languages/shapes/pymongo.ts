/** Collections as PyMongo names them; Motor and PyMongo's own asynchronous client wait for the same calls. */
import type { EffectSpec } from "../../model/effect.ts";
import type { Library, MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { named, names } from "./places.ts";

export function mongoTypes(waits: boolean): Library["types"] {
  const blocking = !waits;
  const call = (effect: EffectSpec, returns: ResultSpec): MethodSpec => ({
    effect: { ...effect, blocking },
    returns,
    promise: waits,
  });
  const filter = [named("filter", 0)];
  const cursor: TypeSpec = {
    lazy: { kind: "db-read", list: true, blocking },
    inert: true,
    gives: "rows",
    element: "row",
    members: {
      limit: { sets: { limit: [named("limit", 0)] } },
      ...names("sort skip batch_size hint max_time_ms allow_disk_use", { sets: {} }),
      to_list: { runs: true, returns: "rows", promise: waits },
    },
  };
  return {
    Client: {
      members: {
        ...names("get_database get_default_database", { returns: { type: "Database" } }),
        ...names("close", { returns: "void" }),
        ...names("list_database_names server_info", call({ kind: "db-read" }, "value")),
      },
      any: "Database",
    },
    Database: {
      members: {
        get_collection: { table: named("name", 0), returns: { type: "Collection" } },
        command: call({ kind: "db-read" }, "value"),
        list_collection_names: call({ kind: "db-read" }, "value"),
      },
      any: "Collection",
      anyNamesTable: true,
    },
    Collection: {
      members: {
        find: {
          sets: { filter, columns: [named("projection", 1)], limit: [named("limit")] },
          returns: { type: "Cursor", table: "receiver" },
        },
        aggregate: { sets: { stages: [named("pipeline", 0)] }, returns: { type: "Cursor", table: "receiver" } },
        find_one: call({ kind: "db-read", filter }, "row"),
        ...names("find_one_and_update find_one_and_replace find_one_and_delete", call({ kind: "db-write", filter }, "row")),
        ...names("count_documents estimated_document_count", call({ kind: "db-read", count: true, filter }, "value")),
        distinct: call({ kind: "db-read", list: true }, "value"),
        ...names("insert_one update_one replace_one delete_one", call({ kind: "db-write" }, "value")),
        ...names("insert_many update_many delete_many bulk_write", call({ kind: "db-write", bulk: true }, "value")),
        ...names("create_index create_indexes drop_index", { returns: "value", promise: waits }),
      },
    },
    Cursor: cursor,
  };
}
