/** Retries: the callback runs once, and again only after a failure. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const retry: MethodSpec = { callbacks: [{ arg: 0, runs: "once" }], returns: "callback", promise: true };

export default library({
  id: "retry",
  packages: ["p-retry", "async-retry", "promise-retry", "exponential-backoff", "ts-retry-promise", "ts-retry", "@lifeomic/attempt"],
  exports: { default: { value: "retry" }, ...names("retry backOff retryAsync", { value: "retry" }), makeRetriable: { value: "wrap" } },
  types: { retry: { call: retry, members: { retry } }, wrap: { call: { wraps: 0 } } },
});
