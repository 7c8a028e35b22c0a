import { library } from "../../model/library.ts";
import { routeMembers } from "./parts/verbs.ts";

const handler = { params: ["value", "value", "value"], errorParameters: 4 } as const;

/** Routers that are made by calling or constructing the package's only export. */
export default library({
  id: "express-promise-router",
  packages: ["express-promise-router", "find-my-way", "@root/async-router"],
  exports: { default: { value: "Factory" }, Router: { value: "Factory" } },
  types: {
    Factory: { call: { returns: { type: "Router" } }, construct: { returns: { type: "Router" } } },
    Router: {
      members: {
        ...routeMembers(handler),
        use: { registers: { kind: "mount", path: { arg: 0 }, optionalPath: true, handlers: 1, ...handler }, returns: "same" },
        route: { registers: { kind: "chain", path: { arg: 0 } }, returns: { type: "Route" } },
      },
    },
    Route: { members: routeMembers({ handlers: 0, ...handler }) },
  },
});
