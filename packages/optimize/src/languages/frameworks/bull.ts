import { library } from "../../model/library.ts";

const later = { callbacks: [{ arg: 1, runs: "later" }], returns: "same" } as const;

/** `queue.process([name], [concurrency], handler)`; a queue that is made by call or by `new` carries its name. */
export default library({
  id: "bull",
  packages: ["bull", "bee-queue"],
  exports: { default: { class: "Queue", value: "Factory" }, Queue: { class: "Queue", type: "Queue" }, Job: { type: "Job" } },
  types: {
    Factory: { call: { returns: { type: "Queue", table: { arg: 0 } } } },
    Queue: {
      construct: { table: { arg: 0 } },
      members: {
        process: { registers: { kind: "job", handlers: 0, params: ["Job", "Done"] }, returns: "void", promise: true },
        add: { effect: { kind: "queue" }, returns: { type: "Job" }, promise: true },
        addBulk: { effect: { kind: "queue", bulk: true }, returns: { type: "Job", list: true }, promise: true },
        on: later,
        close: { returns: "void", promise: true },
      },
    },
    Job: {
      members: {
        progress: { effect: { kind: "cache-write" }, returns: "value", promise: true },
        finished: { effect: { kind: "sleep" }, returns: "value", promise: true },
      },
    },
    Done: { call: { returns: "void" } },
  },
});
