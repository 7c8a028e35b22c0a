/** Promise helpers that go through a list one after the other. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";

const map: MethodSpec = {
  callbacks: [{ arg: 1, runs: "each", over: 0, params: ["element", "index"] }],
  concurrency: "one",
  returns: "list-of-callback",
  promise: true,
};

export default library({
  id: "promise-series",
  packages: ["p-each-series", "p-map-series"],
  exports: { default: { value: "map" } },
  types: { map: { call: map } },
});
