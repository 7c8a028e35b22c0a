/** `fetch`, of the runtime and of the packages that stand in for it. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

const fetch: MethodSpec = {
  effect: {
    kind: "http-read",
    url: { arg: 0 },
    method: { arg: 1, property: "method" },
    timeout: at(1, "signal", "timeout"),
  },
  returns: { type: "Response" },
  promise: true,
};

export default library({
  id: "fetch",
  packages: [
    "global",
    "node-fetch",
    "cross-fetch",
    "isomorphic-fetch",
    "isomorphic-unfetch",
    "unfetch",
    "make-fetch-happen",
    "node-fetch-native",
  ],
  exports: { default: { value: "fetch" }, fetch: { value: "fetch" }, Response: { type: "Response" } },
  types: {
    fetch: { call: fetch },
    /** Reading the body is part of the same exchange. */
    Response: {
      members: {
        ...names("json text arrayBuffer blob formData buffer bytes", { returns: "value", promise: true }),
        clone: { returns: "same" },
      },
    },
  },
});
