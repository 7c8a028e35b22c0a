import { library } from "../../model/library.ts";
import { routeMembers } from "./parts/verbs.ts";

const handler = { params: ["Context", "Next"] } as const;

export default library({
  id: "hono",
  packages: ["hono", "hono/tiny", "hono/quick", "@hono/zod-openapi"],
  exports: {
    default: { class: "Hono" },
    Hono: { class: "Hono" },
    OpenAPIHono: { class: "Hono" },
    createRoute: { value: "RouteDescription" },
    Context: { type: "Context" },
    Next: { type: "Next" },
  },
  types: {
    Hono: {
      construct: {},
      members: {
        ...routeMembers({ optionalPath: true, ...handler }),
        on: { registers: { kind: "route", method: { arg: 0 }, path: { arg: 1 }, handlers: 2, ...handler }, returns: "same" },
        openapi: {
          registers: {
            kind: "route-object",
            method: { arg: 0, property: "method" },
            path: { arg: 0, property: "path" },
            handlers: 1,
            ...handler,
          },
          returns: "same",
        },
        use: { registers: { kind: "mount", path: { arg: 0 }, optionalPath: true, handlers: 1, ...handler }, returns: "same" },
        route: { registers: { kind: "mount", path: { arg: 0 }, handlers: 1 }, returns: "same" },
        basePath: { registers: { kind: "base", path: { arg: 0 }, onResult: true }, returns: { type: "Hono" } },
        onError: { callbacks: [{ arg: 0, runs: "later" }], returns: "same" },
        notFound: { callbacks: [{ arg: 0, runs: "later" }], returns: "same" },
        fetch: { returns: "value", promise: true },
        request: { returns: "value", promise: true },
      },
    },
    RouteDescription: { call: { returns: { argument: 0 } } },
    Context: {
      members: {
        req: "Request",
        json: { returns: "value" },
        text: { returns: "value" },
        html: { returns: "value" },
        body: { returns: "value" },
        redirect: { returns: "value" },
        header: { returns: "void" },
        status: { returns: "void" },
        set: { defines: { name: { arg: 0 }, value: { arg: 1 } }, returns: "void" },
        get: { defined: { arg: 0 } },
        var: "Variables",
        executionCtx: "Execution",
      },
    },
    /** What `set` was given. */
    Variables: {},
    Request: {
      members: {
        json: { returns: "value", promise: true },
        text: { returns: "value", promise: true },
        parseBody: { returns: "value", promise: true },
      },
      any: { returns: "value" },
    },
    Execution: { members: { waitUntil: { returns: "void" } } },
    Next: { call: { returns: "void", promise: true } },
  },
});
