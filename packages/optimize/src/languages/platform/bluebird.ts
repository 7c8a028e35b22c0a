/** bluebird: promises with list functions, as statics and as members of a promise of a list. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

function each(arg: number, over: number): CallbackSpec {
  return { arg, runs: "each", over, params: ["element", "index"] };
}

function lists(arg: 0 | 1): Record<string, MethodSpec> {
  const over = arg === 1 ? 0 : -1;
  return {
    ...names("map filter", {
      callbacks: [each(arg, over)],
      concurrency: { arg: arg + 1, property: "concurrency" },
      returns: "list-of-callback",
      promise: true,
    }),
    ...names("mapSeries each", { callbacks: [each(arg, over)], concurrency: "one", returns: "list-of-callback", promise: true }),
    reduce: {
      callbacks: [{ arg, runs: "each", over, params: ["value", "element", "index"] }],
      concurrency: "one",
      returns: "callback",
      promise: true,
    },
  };
}

export default library({
  id: "bluebird",
  packages: ["bluebird"],
  exports: { default: { class: "Chain", statics: "Bluebird" }, Promise: { class: "Chain", statics: "Bluebird" } },
  types: {
    Bluebird: {
      members: {
        ...lists(1),
        ...names("all props any some race join", { returns: { argument: 0 }, promise: true }),
        ...names("resolve cast", { returns: { argument: 0 }, promise: true }),
        ...names("promisify coroutine method", { wraps: 0 }),
        promisifyAll: { returns: { argument: 0 } },
        ...names("try attempt", { callbacks: [{ arg: 0, runs: "once" }], returns: "callback", promise: true }),
        delay: { effect: { kind: "sleep" }, returns: "value", promise: true },
        using: { callbacks: [1, 2, 3].map((arg): CallbackSpec => ({ arg, runs: "once" })), returns: "callback", promise: true },
      },
    },
    Chain: {
      construct: { callbacks: [{ arg: 0, runs: "once" }] },
      members: {
        ...lists(0),
        ...names("then tap spread", {
          callbacks: [
            { arg: 0, runs: "once" },
            { arg: 1, runs: "once" },
          ],
          returns: "callback",
          promise: true,
        }),
        ...names("catch finally tapCatch", {
          callbacks: [
            { arg: 0, runs: "once" },
            { arg: 1, runs: "once" },
          ],
          returns: "same",
          promise: true,
        }),
        delay: { effect: { kind: "sleep" }, returns: "same", promise: true },
      },
    },
  },
});
