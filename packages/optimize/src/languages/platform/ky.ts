/** ky: a time-out of ten seconds holds unless an option takes it away. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

function call(kind: "http-read" | "http-write"): MethodSpec {
  return {
    effect: { kind, url: { arg: 0 }, method: { arg: 1, property: "method" }, timeout: at(1, "timeout", "signal"), timed: true },
    returns: { type: "Response" },
    promise: true,
  };
}

export default library({
  id: "ky",
  packages: ["ky", "ky-universal"],
  exports: { default: { value: "Ky" }, KyInstance: { type: "Ky" } },
  types: {
    Ky: {
      call: call("http-read"),
      members: {
        ...names("get head", call("http-read")),
        ...names("post put patch delete", call("http-write")),
        ...names("create extend", { returns: { type: "Ky" } }),
      },
    },
    Response: { members: names<MethodSpec>("json text arrayBuffer blob formData bytes", { returns: "value", promise: true }) },
  },
});
