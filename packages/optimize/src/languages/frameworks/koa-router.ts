import { library } from "../../model/library.ts";
import type { RegisterSpec } from "../../model/library.ts";
import { routeMembers } from "./parts/verbs.ts";

const handler = { params: ["Context", "Next"] } as const;
// `router.get("orders.list", "/orders", …)`: a name may come first.
const routes = routeMembers({ ...handler, named: true });
const use: RegisterSpec = { kind: "mount", path: { arg: 0 }, optionalPath: true, handlers: 1, ...handler };

export default library({
  id: "koa-router",
  packages: ["koa-router", "@koa/router"],
  exports: { default: { class: "Router" }, Router: { class: "Router" }, RouterContext: { type: "Context" } },
  types: {
    Router: {
      construct: { registers: { kind: "base", path: { arg: 0, property: "prefix" } } },
      members: {
        ...routes,
        del: routes["delete"] ?? {},
        register: { registers: { kind: "route", method: { arg: 1 }, path: { arg: 0 }, handlers: 2, ...handler }, returns: "value" },
        use: { registers: use, returns: "same" },
        param: { registers: { kind: "middleware", handlers: 1, params: ["value", "Context", "Next"] }, returns: "same" },
        prefix: { registers: { kind: "base", path: { arg: 0 } }, returns: "same" },
        // The middleware that they give is the router itself to `app.use`.
        routes: { returns: "same" },
        middleware: { returns: "same" },
        allowedMethods: { returns: "value" },
      },
    },
    Context: { members: { throw: { ends: true }, redirect: { returns: "void" }, set: { returns: "void" }, get: { returns: "value" } } },
    Next: { call: { returns: "void", promise: true } },
  },
});
