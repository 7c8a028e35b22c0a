/** hapi: routes as objects, plugins that add them. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const server: MethodSpec = { returns: { type: "Server" } };

export default library({
  id: "hapi",
  packages: ["@hapi/hapi", "hapi", "@hapipal/hapi"],
  exports: {
    default: { value: "Module" },
    server: { value: "Make" },
    Server: { class: "Server", type: "Server" },
  },
  types: {
    Module: { members: { server } },
    Make: { call: server },
    Server: {
      members: {
        route: {
          registers: {
            kind: "route-object",
            method: { arg: 0, property: "method" },
            path: { arg: 0, property: "path" },
            handlers: { arg: 0, property: "handler" },
            also: ["options.pre", "config.pre", "options.handler", "config.handler", "method"],
            params: ["value", "value"],
          },
          returns: "void",
        },
        register: {
          registers: {
            kind: "plugin",
            path: { arg: 1, property: "routes.prefix" },
            prefix: { arg: 1, property: "routes.prefix" },
            handlers: { arg: 0 },
            also: ["plugin", "register"],
          },
          returns: "void",
          promise: true,
        },
        ext: { registers: { kind: "middleware", handlers: 1, params: ["value", "value"] }, returns: "void" },
        decorate: { returns: "void" },
        method: { returns: "void" },
        ...names("start initialize stop", { returns: "void", promise: true }),
      },
    },
  },
});
