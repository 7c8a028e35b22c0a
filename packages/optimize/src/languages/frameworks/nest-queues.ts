import { library } from "../../model/library.ts";

export default library({
  id: "nest-queues",
  packages: ["@nestjs/bull", "@nestjs/bullmq"],
  exports: { WorkerHost: { class: "WorkerHost" } },
  types: {
    WorkerHost: { entries: { process: { kind: "job" } } },
    Queue: {
      members: { add: { effect: { kind: "queue" }, promise: true }, addBulk: { effect: { kind: "queue", bulk: true }, promise: true } },
    },
  },
  decorators: {
    Processor: { on: "class", path: { arg: 0, property: "name" }, injectable: true },
    Process: { on: "method", entry: { kind: "job" }, path: { arg: 0, property: "name" } },
    OnWorkerEvent: { on: "method", entry: { kind: "event" }, path: { arg: 0 } },
    OnQueueCompleted: { on: "method", entry: { kind: "event" } },
    OnQueueFailed: { on: "method", entry: { kind: "event" } },
    InjectQueue: { on: "parameter", injects: { type: "Queue", table: { arg: 0 } } },
  },
});
