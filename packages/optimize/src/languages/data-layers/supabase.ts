/** supabase-js: builders over PostgREST that run when awaited; storage and auth are HTTP. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

const http: MethodSpec = { effect: { kind: "http-write" }, returns: "value", promise: true };

export default library({
  id: "supabase",
  packages: ["@supabase/supabase-js", "@supabase/ssr", "@supabase/postgrest-js"],
  exports: {
    ...names("createClient createServerClient createBrowserClient", { value: "createClient" }),
    SupabaseClient: { class: "Client" },
    PostgrestClient: { class: "Client" },
  },
  types: {
    createClient: { call: { returns: { type: "Client" } } },
    Client: {
      members: {
        from: { table: { arg: 0 }, returns: { type: "Start", table: { arg: 0 } } },
        schema: { returns: "same" },
        rpc: { sets: { table: { arg: 0 } }, returns: { type: "Query" } },
        storage: "Storage",
        auth: "Http",
        functions: "Http",
        channel: { returns: "value" },
      },
    },
    Start: {
      members: {
        select: { sets: { list: true, columns: at(0) }, returns: { type: "Query", table: "receiver" } },
        ...names("insert upsert", { sets: { kind: "db-write", bulkIn: at(0) }, returns: { type: "Query", table: "receiver" } }),
        ...names("update delete", { sets: { kind: "db-write", bulk: true }, returns: { type: "Query", table: "receiver" } }),
      },
    },
    Query: {
      lazy: { kind: "db-read" },
      gives: { properties: { data: "rows", count: "value", error: "value" } },
      any: { returns: "same" },
      members: {
        ...names("eq neq gt gte lt lte like ilike is in contains match or not filter textSearch", {
          sets: { filter: at(0), where: "pair" },
        }),
        order: { sets: { sort: "pair" } },
        ...names("limit range", { sets: { limited: true } }),
        ...names("single maybeSingle", { sets: { list: false }, returns: { type: "RowQuery", table: "receiver" } }),
        returns: { returns: "same" },
      },
    },
    RowQuery: { lazy: { kind: "db-read" }, gives: { properties: { data: "row", error: "value" } }, any: { returns: "same" } },
    Storage: { any: http, members: { from: { returns: { type: "Http" } } } },
    Http: {
      any: http,
      members: {
        getPublicUrl: { returns: "value" },
        onAuthStateChange: { callbacks: [{ arg: 0, runs: "later" }], returns: "value" },
        admin: "Http",
      },
    },
  },
});
