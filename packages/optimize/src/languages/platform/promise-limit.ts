/** Limiters: a function that runs its callback when a slot is free. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

/** Taken for a limit whatever the number is: who asks for a limiter chose one. */
const run: MethodSpec = { callbacks: [{ arg: 0, runs: "once" }], concurrency: "limited", returns: "callback", promise: true };

export default library({
  id: "promise-limit",
  packages: ["p-limit", "promise-limit"],
  exports: { default: { value: "create" }, limitFunction: { value: "limited" } },
  types: {
    create: { call: { concurrency: { arg: 0, property: "concurrency", or: { arg: 0 } }, returns: { type: "Limit" } } },
    limited: { call: { wraps: 0, concurrency: "limited" } },
    Limit: {
      call: run,
      members: {
        map: {
          callbacks: [{ arg: 1, runs: "each", over: 0, params: ["element", "index"] }],
          concurrency: "limited",
          returns: "list-of-callback",
          promise: true,
        },
        ...names("clearQueue", { returns: "void" }),
      },
    },
  },
});
