import { library } from "../../model/library.ts";
import type { MethodSpec } from "../../model/library.ts";

const procedure = (method: string): MethodSpec => ({
  registers: { kind: "procedure", method, handlers: 0, params: ["Options"], onResult: true },
  returns: { type: "Definition" },
});
const legacy = (method: string): MethodSpec => ({
  registers: { kind: "procedure", method, path: { arg: 0 }, handlers: { arg: 1, property: "resolve" }, params: ["Options"] },
  returns: "same",
});
/** Keys name the procedures; a nested map or router adds "outer.". */
const procedures: MethodSpec = { registers: { kind: "procedures", handlers: 0 }, returns: { type: "Router" } };
const middleware: MethodSpec = {
  registers: { kind: "middleware", handlers: 0, params: ["Options"], onResult: true },
  returns: { type: "Procedure" },
};

export default library({
  id: "trpc",
  packages: ["@trpc/server"],
  exports: { initTRPC: { value: "Builder" }, router: { value: "LegacyFactory" } },
  types: {
    Builder: {
      call: { returns: "same" },
      members: { context: { returns: "same" }, meta: { returns: "same" }, create: { returns: { type: "Root" } } },
    },
    Root: {
      members: {
        procedure: "Procedure",
        router: procedures,
        mergeRouters: procedures,
        middleware: { returns: { argument: 0 } },
        createCallerFactory: { returns: "value" },
      },
    },
    Procedure: {
      members: {
        use: middleware,
        unstable_concat: middleware,
        concat: middleware,
        input: { returns: "same" },
        output: { returns: "same" },
        meta: { returns: "same" },
        query: procedure("query"),
        mutation: procedure("mutation"),
        subscription: procedure("subscription"),
      },
    },
    Definition: {},
    Router: { members: { createCaller: { returns: "value" } } },
    Options: { members: { next: { returns: "value", promise: true } } },
    LegacyFactory: { call: { returns: { type: "LegacyRouter" } } },
    LegacyRouter: {
      members: {
        query: legacy("query"),
        mutation: legacy("mutation"),
        subscription: legacy("subscription"),
        middleware: { registers: { kind: "middleware", handlers: 0, params: ["Options"] }, returns: "same" },
        merge: { registers: { kind: "mount", path: { arg: 0 }, optionalPath: true, handlers: 1 }, returns: "same" },
        transformer: { returns: "same" },
      },
    },
  },
});
