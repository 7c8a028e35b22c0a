import { library } from "../../model/library.ts";
import type { MethodSpec, TypeSpec } from "../../model/library.ts";

const same: MethodSpec = { returns: "same" };
const middleware: MethodSpec = { registers: { kind: "middleware", handlers: 0, params: ["Options"], onResult: true }, returns: "same" };
/** Keys name the procedures; maps in maps add "outer.". */
const procedures: MethodSpec = { registers: { kind: "procedures", handlers: 0 }, returns: { type: "Router" } };

const members: Readonly<Record<string, MethodSpec>> = {
  use: middleware,
  input: same,
  output: same,
  errors: same,
  meta: same,
  route: same,
  prefix: same,
  tag: same,
  $context: same,
  $config: same,
  $meta: same,
  $route: same,
  $input: same,
  middleware: { returns: { argument: 0 } },
  router: procedures,
  handler: { registers: { kind: "procedure", handlers: 0, params: ["Options"], onResult: true }, returns: { type: "Definition" } },
};
/** What serves a router: an object of procedures needs no call to be one. */
const server: TypeSpec = { construct: { registers: { kind: "procedures", handlers: 0 } } };

export default library({
  id: "orpc",
  packages: [
    "@orpc/server",
    ...["fetch", "node", "fastify", "websocket", "ws", "message-port"].map((name) => `@orpc/server/${name}`),
    ...["fetch", "node", "fastify"].map((name) => `@orpc/openapi/${name}`),
  ],
  exports: {
    os: { value: "Procedure" },
    implement: { value: "implement" },
    RPCHandler: { class: "Handler" },
    OpenAPIHandler: { class: "Handler" },
  },
  types: {
    Procedure: { members },
    implement: { call: { returns: { type: "Contract" } } },
    /** A contract that is implemented has a member for each of its own, to any depth. */
    Contract: { any: "Contract", members },
    Definition: { members: { callable: same, actionable: same } },
    Router: {},
    Handler: server,
    Options: { members: { next: { returns: "value", promise: true } } },
  },
});
