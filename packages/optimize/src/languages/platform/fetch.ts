/** `fetch`, of the runtime and of the packages that stand in for it. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at } from "../shapes/places.ts";
import { webTypes } from "../shapes/web-types.ts";

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
  exports: {
    default: { value: "fetch" },
    fetch: { value: "fetch" },
    Request: { class: "Request" },
    Response: { class: "Response" },
    Headers: { class: "Headers" },
    FormData: { class: "FormData" },
  },
  types: {
    fetch: { call: fetch },
    ...webTypes,
  },
});
