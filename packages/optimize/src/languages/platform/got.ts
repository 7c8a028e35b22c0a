/** got: a promise with body readers; no time-out by default, instances made by `extend` carry their options. */
import type { EffectSpec, Where } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

const timeout: readonly Where[] = [
  ...at(1, "timeout", "signal"),
  ...at(0, "timeout", "signal"),
  { arg: 0, property: "timeout", made: true },
];

function call(effect: Partial<EffectSpec>): MethodSpec {
  return {
    effect: { kind: "http-read", url: { arg: 0, property: "url", or: { arg: 0 } }, timeout, ...effect },
    returns: { type: "Response" },
    promise: true,
  };
}

const request = call({ method: { arg: 1, property: "method", or: { arg: 0, property: "method" } } });

export default library({
  id: "got",
  packages: ["got"],
  exports: { default: { value: "Got" }, got: { value: "Got" }, Got: { type: "Got" } },
  types: {
    Got: {
      call: request,
      members: {
        ...names("get head", call({})),
        ...names("post put patch delete", call({ kind: "http-write" })),
        stream: { ...call({ stream: true }), promise: false },
        paginate: "Pages",
        extend: { returns: { type: "Got" } },
      },
    },
    Pages: {
      call: { ...call({ list: true, stream: true }), returns: { type: "Items" }, promise: false },
      members: {
        all: { ...call({ list: true }), returns: "value" },
        each: { ...call({ stream: true }), returns: { type: "Items" }, promise: false },
      },
    },
    Items: { element: "value" },
    Response: { members: names<MethodSpec>("json text buffer", { returns: "value", promise: true }) },
  },
});
