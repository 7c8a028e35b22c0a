import { library } from "../../model/library.ts";

/** Activities do the work; workflows only call them, in a process that may touch nothing. */
export default library({
  id: "temporal",
  packages: ["@temporalio/worker"],
  exports: { Worker: { class: "Worker", statics: "Workers" } },
  types: {
    Workers: {
      members: {
        create: {
          registers: { kind: "job", handlers: { arg: 0, property: "activities" }, map: true, params: ["value"] },
          returns: { type: "Worker" },
          promise: true,
        },
      },
    },
    Worker: { members: { run: { returns: "void", promise: true } } },
  },
});
