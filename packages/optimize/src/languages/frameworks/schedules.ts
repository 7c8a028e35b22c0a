import { library } from "../../model/library.ts";
import type { RegisterSpec } from "../../model/library.ts";

/** A pattern (or name, then pattern) and the function that runs at it; options may stand between them. */
const at: RegisterSpec = { kind: "schedule", path: { arg: 0 }, handlers: 1 };
const fromObject: RegisterSpec = { kind: "schedule", path: { arg: 0, property: "cronTime" }, handlers: { arg: 0, property: "onTick" } };

/** Timetables inside the process: node-cron, cron, croner, node-schedule. */
export default library({
  id: "schedules",
  packages: ["node-cron", "cron", "croner", "node-schedule"],
  exports: {
    default: { value: "Module" },
    schedule: { value: "Schedule" },
    scheduleJob: { value: "Schedule" },
    Cron: { value: "Schedule" },
    CronJob: { class: "CronJob", statics: "CronJobs" },
  },
  types: {
    Module: {
      call: { registers: at, returns: { type: "Task" } },
      construct: { registers: at },
      members: {
        schedule: { registers: at, returns: { type: "Task" } },
        scheduleJob: { registers: at, returns: { type: "Task" } },
        validate: { returns: "value" },
      },
    },
    Schedule: { call: { registers: at, returns: { type: "Task" } }, construct: { registers: at, returns: { type: "Task" } } },
    CronJob: { construct: { registers: at }, members: { start: { returns: "void" }, stop: { returns: "void" } } },
    CronJobs: { members: { from: { registers: fromObject, returns: { type: "CronJob" } } } },
    Task: { any: { returns: "value" } },
  },
});
