/** request and request-promise: options or URL first, a callback last. */
import type { EffectSpec } from "../../model/effect.ts";
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { anywhere, names } from "../shapes/places.ts";

const done: readonly CallbackSpec[] = [1, 2].map((arg): CallbackSpec => ({ arg, runs: "once", params: ["value", "value", "value"] }));

function call(effect: Partial<EffectSpec>): MethodSpec {
  return {
    effect: {
      kind: "http-read",
      url: { arg: 0, property: "url", or: { arg: 0, property: "uri", or: { arg: 0 } } },
      timeout: [...anywhere([0, 1], "timeout"), { arg: 0, property: "timeout", made: true }],
      ...effect,
    },
    callbacks: done,
    returns: "value",
    promise: true,
  };
}

export default library({
  id: "request",
  packages: ["request", "request-promise", "request-promise-native", "postman-request", "@cypress/request"],
  exports: { default: { value: "request" } },
  types: {
    request: {
      call: call({ method: { arg: 0, property: "method", or: { arg: 1, property: "method" } } }),
      members: {
        ...names("get head", call({})),
        ...names("post put patch delete del", call({ kind: "http-write" })),
        defaults: { returns: { type: "request" } },
        ...names("jar cookie", { returns: "value" }),
      },
    },
  },
});
