import { library } from "../../model/library.ts";

export default library({
  id: "inngest",
  packages: ["inngest"],
  exports: { Inngest: { class: "Inngest" } },
  types: {
    Inngest: {
      construct: {},
      members: {
        createFunction: {
          registers: { kind: "job", path: { arg: 0, property: "id" }, handlers: 1, params: ["Context"] },
          returns: "value",
        },
        send: { effect: { kind: "queue" }, returns: "value", promise: true },
      },
    },
    Context: { members: { step: "Step" } },
    Step: {
      members: {
        run: { callbacks: [{ arg: 1, runs: "once" }], returns: "callback", promise: true },
        sleep: { effect: { kind: "sleep" }, returns: "void", promise: true },
        sleepUntil: { effect: { kind: "sleep" }, returns: "void", promise: true },
        waitForEvent: { effect: { kind: "sleep" }, returns: "value", promise: true },
        sendEvent: { effect: { kind: "queue" }, returns: "value", promise: true },
        invoke: { effect: { kind: "queue" }, returns: "value", promise: true },
      },
    },
  },
});
