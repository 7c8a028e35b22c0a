/** Waiting: node:timers/promises and the packages that do the same. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const sleep: MethodSpec = { effect: { kind: "sleep" }, returns: "value", promise: true };

export default library({
  id: "sleep",
  packages: ["node:timers/promises", "delay", "p-sleep", "sleep-promise", "await-sleep", "await-delay", "promise.delay"],
  exports: {
    default: { value: "sleep" },
    ...names("setTimeout setImmediate delay rangeDelay", { value: "sleep" }),
    setInterval: { value: "ticks" },
    scheduler: { value: "scheduler" },
  },
  types: {
    sleep: { call: sleep, members: { ...names("setTimeout setImmediate range", sleep), setInterval: { returns: { type: "Ticks" } } } },
    ticks: { call: { returns: { type: "Ticks" } } },
    scheduler: { members: { wait: sleep, yield: { returns: "void", promise: true } } },
    Ticks: { element: "value", paced: true },
  },
});
