import { library } from "../../model/library.ts";
import type { RegisterSpec } from "../../model/library.ts";
import { routeMembers } from "./parts/verbs.ts";

const handler = { params: ["Request", "Response", "Next"], errorParameters: 4 } as const;
/** `app.use([path], ...handlers)`: functions are middlewares of what follows, routers are mounted. */
const use: RegisterSpec = { kind: "mount", path: { arg: 0 }, optionalPath: true, handlers: 1, ...handler };

/** Also the smaller frameworks whose application and handlers have the same shape. */
export default library({
  id: "express",
  packages: ["express", "router", "polka", "restana", "@feathersjs/express", "ultimate-express", "hyper-express"],
  exports: {
    default: { value: "Express" },
    express: { value: "Express" },
    Router: { value: "RouterFactory", type: "Router" },
    IRouter: { type: "Router" },
    Application: { type: "Application" },
    Express: { type: "Application" },
    Request: { type: "Request" },
    Response: { type: "Response" },
    NextFunction: { type: "Next" },
  },
  types: {
    Express: {
      call: { returns: { type: "Application" } },
      members: {
        Router: "RouterFactory",
        static: { returns: "value" },
        json: { returns: "value" },
        urlencoded: { returns: "value" },
        text: { returns: "value" },
        raw: { returns: "value" },
      },
    },
    RouterFactory: { call: { returns: { type: "Router" } }, construct: { returns: { type: "Router" } } },
    Router: {
      // A router without a name of its own is also called as a handler.
      call: {},
      members: {
        ...routeMembers(handler),
        use: { registers: use, returns: "same" },
        param: { registers: { kind: "middleware", handlers: 1, params: ["Request", "Response", "Next", "value"] }, returns: "same" },
        route: { registers: { kind: "chain", path: { arg: 0 } }, returns: { type: "Route" } },
      },
    },
    Route: { members: routeMembers({ handlers: 0, ...handler }) },
    Application: {
      extends: "Router",
      members: {
        listen: { callbacks: [{ arg: 1, runs: "later" }], returns: "value", listens: true },
        set: { returns: "same" },
        enable: { returns: "same" },
        disable: { returns: "same" },
        engine: { returns: "same" },
      },
    },
    Request: {
      members: {
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        get: { returns: "value" },
        header: { returns: "value" },
        app: "Application",
      },
    },
    Response: {
      members: {
        status: { returns: "same" },
        json: { returns: "same" },
        send: { returns: "same" },
        set: { returns: "same" },
        type: { returns: "same" },
        cookie: { returns: "same" },
        render: { callbacks: [{ arg: 2, runs: "later" }], returns: "void" },
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        once: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
      },
      any: { returns: "value" },
    },
    Next: { call: { returns: "void" } },
  },
});
