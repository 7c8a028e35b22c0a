import { library } from "../../model/library.ts";

const handler = { params: ["Context", "Next"] } as const;

export default library({
  id: "koa",
  packages: ["koa"],
  exports: {
    default: { class: "Application" },
    Context: { type: "Context" },
    ParameterizedContext: { type: "Context" },
    Next: { type: "Next" },
  },
  types: {
    Application: {
      construct: {},
      members: {
        use: { registers: { kind: "mount", handlers: 0, ...handler }, returns: "same" },
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        listen: { callbacks: [{ arg: 1, runs: "later" }], returns: "value", listens: true },
        callback: { returns: "value" },
      },
    },
    Context: {
      members: {
        throw: { ends: true },
        assert: { returns: "void" },
        set: { returns: "void" },
        get: { returns: "value" },
        redirect: { returns: "void" },
        attachment: { returns: "void" },
        cookies: "Cookies",
      },
    },
    Cookies: { any: { returns: "value" } },
    Next: { call: { returns: "void", promise: true } },
  },
});
