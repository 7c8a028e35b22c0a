/** ofetch: fetch that parses; instances made by `create` carry their options. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

const call: MethodSpec = {
  effect: {
    kind: "http-read",
    url: { arg: 0 },
    method: { arg: 1, property: "method" },
    timeout: [...at(1, "timeout", "signal"), { arg: 0, property: "timeout", made: true }],
  },
  returns: "value",
  promise: true,
};

export default library({
  id: "ofetch",
  packages: ["ofetch"],
  exports: { ...names("ofetch $fetch", { value: "ofetch" }) },
  types: { ofetch: { call, members: { raw: call, native: call, create: { returns: { type: "ofetch" } } } } },
});
