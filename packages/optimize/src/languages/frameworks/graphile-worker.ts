import { library } from "../../model/library.ts";

export default library({
  id: "graphile-worker",
  packages: ["graphile-worker"],
  exports: {
    run: { value: "Run" },
    runOnce: { value: "Run" },
    makeWorkerUtils: { value: "MakeUtils" },
    quickAddJob: { value: "Add" },
    Task: { type: "Task", entry: { kind: "job" } },
  },
  types: {
    Run: {
      call: {
        registers: { kind: "job", handlers: { arg: 0, property: "taskList" }, map: true, params: ["value", "Tools"] },
        returns: "value",
        promise: true,
      },
    },
    Add: { call: { effect: { kind: "queue" }, returns: "value", promise: true } },
    MakeUtils: { call: { returns: { type: "Tools" }, promise: true } },
    Tools: { members: { addJob: { effect: { kind: "queue" }, returns: "value", promise: true } } },
    Task: {},
  },
});
