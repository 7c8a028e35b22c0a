import { library } from "../../model/library.ts";
import type { RegisterSpec } from "../../model/library.ts";

const fromObject: RegisterSpec = { kind: "job", path: { arg: 0, property: "id" }, handlers: { arg: 0, property: "run" } };

export default library({
  id: "trigger-dev",
  packages: ["@trigger.dev/sdk", "@trigger.dev/sdk/v3"],
  exports: {
    task: { value: "Define" },
    schemaTask: { value: "Define" },
    schedules: { value: "Schedules" },
    tasks: { value: "Tasks" },
    TriggerClient: { class: "Client" },
    wait: { value: "Wait" },
  },
  types: {
    Define: { call: { registers: fromObject, returns: { type: "Task" } } },
    Schedules: { members: { task: { registers: { ...fromObject, kind: "schedule" }, returns: { type: "Task" } } } },
    Client: { construct: {}, members: { defineJob: { registers: fromObject, returns: { type: "Task" } } } },
    Task: {
      members: {
        trigger: { effect: { kind: "queue" }, returns: "value", promise: true },
        batchTrigger: { effect: { kind: "queue", bulk: true }, returns: "value", promise: true },
        triggerAndWait: { effect: { kind: "queue" }, returns: "value", promise: true },
        batchTriggerAndWait: { effect: { kind: "queue", bulk: true }, returns: "value", promise: true },
      },
    },
    Tasks: {
      members: {
        trigger: { effect: { kind: "queue" }, returns: "value", promise: true },
        batchTrigger: { effect: { kind: "queue", bulk: true }, returns: "value", promise: true },
        triggerAndWait: { effect: { kind: "queue" }, returns: "value", promise: true },
      },
    },
    Wait: { any: { effect: { kind: "sleep" }, returns: "value", promise: true } },
  },
});
