/** Elasticsearch and OpenSearch clients: the index is the table. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

const index = { arg: 0, property: "index" } as const;

function read(effect: Partial<EffectSpec> = {}): MethodSpec {
  return {
    effect: { kind: "db-read", table: index, filter: at(0, "query", "body.query", "id"), ...effect },
    returns: "value",
    promise: true,
  };
}

function write(effect: Partial<EffectSpec> = {}): MethodSpec {
  return { effect: { kind: "db-write", table: index, ...effect }, returns: "value", promise: true };
}

export default library({
  id: "elasticsearch",
  packages: ["@elastic/elasticsearch", "@opensearch-project/opensearch", "elasticsearch"],
  exports: { default: { value: "Module" }, Client: { class: "Client" } },
  types: {
    Module: {},
    Client: {
      construct: { effect: { kind: "connect" } },
      members: {
        /** Answers at most 10 hits unless `size` says more. */
        search: read(),
        ...names("msearch mget", read({ bulk: true })),
        ...names("get getSource exists existsSource explain termvectors", read()),
        count: read({ count: true }),
        scroll: read({ stream: true }),
        ...names("index create update delete", write()),
        ...names("bulk updateByQuery deleteByQuery reindex", write({ bulk: true })),
        indices: "Admin",
        cat: "Admin",
        cluster: "Admin",
        ingest: "Admin",
        helpers: "Helpers",
        child: { returns: "same" },
        ping: read(),
        close: { returns: "void", promise: true },
      },
    },
    Admin: { members: names<MethodSpec>("exists get get* stats health", read()), any: write() },
    Helpers: {
      members: {
        search: { ...read({ list: true }), returns: "rows" },
        bulk: write({ bulk: true }),
        msearch: { returns: "value" },
        ...names("scrollSearch scrollDocuments", {
          effect: { kind: "db-read", table: index, list: true, stream: true },
          returns: { type: "Hits" },
        }),
      },
    },
    Hits: { element: "row" },
  },
});
