import { library } from "../../model/library.ts";

const later = { callbacks: [{ arg: 1, runs: "later" }], returns: "same" } as const;

export default library({
  id: "bullmq",
  packages: ["bullmq"],
  exports: {
    Worker: { class: "Worker" },
    Queue: { class: "Queue" },
    FlowProducer: { class: "Flow" },
    QueueEvents: { class: "Events" },
    Job: { type: "Job" },
  },
  types: {
    Worker: {
      construct: { registers: { kind: "job", path: { arg: 0 }, handlers: 1, params: ["Job"] } },
      members: { on: later, close: { returns: "void", promise: true }, run: { returns: "void", promise: true } },
    },
    Queue: {
      construct: { table: { arg: 0 } },
      members: {
        add: { effect: { kind: "queue" }, returns: { type: "Job" }, promise: true },
        addBulk: { effect: { kind: "queue", bulk: true }, returns: { type: "Job", list: true }, promise: true },
        upsertJobScheduler: { effect: { kind: "queue" }, returns: { type: "Job" }, promise: true },
        getJob: { effect: { kind: "cache-read" }, returns: { type: "Job" }, promise: true },
        on: later,
        close: { returns: "void", promise: true },
      },
    },
    Flow: {
      construct: {},
      members: {
        add: { effect: { kind: "queue" }, returns: "value", promise: true },
        addBulk: { effect: { kind: "queue", bulk: true }, returns: "value", promise: true },
      },
    },
    Events: { construct: {}, members: { on: later } },
    Job: {
      members: {
        updateProgress: { effect: { kind: "cache-write" }, returns: "void", promise: true },
        log: { effect: { kind: "cache-write" }, returns: "value", promise: true },
        remove: { effect: { kind: "cache-write" }, returns: "void", promise: true },
        waitUntilFinished: { effect: { kind: "sleep" }, returns: "value", promise: true },
      },
    },
  },
});
