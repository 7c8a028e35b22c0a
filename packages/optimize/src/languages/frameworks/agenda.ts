import { library } from "../../model/library.ts";

export default library({
  id: "agenda",
  packages: ["agenda", "@hokify/agenda", "pg-boss"],
  exports: { default: { class: "Agenda" }, Agenda: { class: "Agenda" }, PgBoss: { class: "Agenda" } },
  types: {
    Agenda: {
      construct: {},
      members: {
        define: { registers: { kind: "job", path: { arg: 0 }, handlers: 1, params: ["value", "Done"] }, returns: "void" },
        work: { registers: { kind: "job", path: { arg: 0 }, handlers: 1, params: ["value"] }, returns: "value", promise: true },
        every: { effect: { kind: "queue" }, returns: "value", promise: true },
        schedule: { effect: { kind: "queue" }, returns: "value", promise: true },
        now: { effect: { kind: "queue" }, returns: "value", promise: true },
        send: { effect: { kind: "queue" }, returns: "value", promise: true },
        insert: { effect: { kind: "queue", bulk: true }, returns: "value", promise: true },
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        start: { returns: "value", promise: true },
        stop: { returns: "void", promise: true },
      },
    },
    Done: { call: { returns: "void" } },
  },
});
