/** Promise helpers that run a function for each element: p-map and its relatives. Without a number there is no limit. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";

const each = { arg: 1, runs: "each", over: 0, params: ["element", "index"] } as const;

const map: MethodSpec = {
  callbacks: [each],
  concurrency: { arg: 2, property: "concurrency" },
  returns: "list-of-callback",
  promise: true,
};

export default library({
  id: "promise-map",
  packages: ["p-map", "p-filter", "p-settle"],
  exports: { default: { value: "map" }, pMapIterable: { value: "iterate" }, pMapSkip: { value: "skip" } },
  types: {
    map: { call: map },
    iterate: { call: { callbacks: [each], concurrency: { arg: 2, property: "concurrency" }, returns: "list-of-callback" } },
    skip: {},
  },
});
