/** Timers of the runtime: their callbacks run after the caller went on. `process.exit` never returns. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const later: MethodSpec = { callbacks: [{ arg: 0, runs: "later" }], returns: "value" };

export default library({
  id: "timers",
  packages: ["global", "node:timers", "node:process"],
  exports: {
    ...names("setTimeout setImmediate queueMicrotask requestAnimationFrame requestIdleCallback", { value: "later" }),
    setInterval: { value: "every" },
    default: { value: "process" },
    process: { value: "process" },
    nextTick: { value: "later" },
  },
  types: {
    later: { call: later },
    every: { call: { ...later, registers: { kind: "schedule", handlers: 0, background: true } } },
    process: {
      members: {
        nextTick: later,
        ...names("on once addListener", { callbacks: [{ arg: 1, runs: "later" }], returns: "same" }),
        ...names("exit abort", { ends: true }),
        env: "Environment",
      },
    },
    // What is slow for users runs in production: what is meant for other places does not.
    Environment: { fixed: { NODE_ENV: "production" } },
  },
});
