/** Connect (gRPC and its HTTP forms): a router is given an object with a function for each call of a service; a client has a member for each. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

/** Time limits are the transport's, which is made elsewhere: nothing is said of them here. */
function call(kind: "http-read" | "http-write"): MethodSpec {
  return { effect: { kind, timed: true }, returns: "value", promise: true };
}

const router: MethodSpec = { callbacks: [{ arg: 0, property: "routes", runs: "once", params: [{ type: "Router" }] }], returns: "value" };
const plugin = { call: router };

export default library({
  id: "connect",
  packages: ["@connectrpc/connect", "@connectrpc/connect-node", "@connectrpc/connect-express", "@connectrpc/connect-next"],
  exports: {
    ConnectRouter: { type: "Router" },
    ...names("connectNodeAdapter expressConnectMiddleware nextJsApiRouter createRouterTransport", { value: "serve" }),
    ...names("createClient createPromiseClient", { value: "createClient" }),
    ...names("Client PromiseClient", { type: "Client" }),
  },
  types: {
    serve: plugin,
    Router: {
      members: {
        service: { registers: { kind: "contract", contract: { arg: 0 }, handlers: { arg: 1 } }, returns: "same" },
      },
    },
    createClient: { call: { returns: { type: "Client" } } },
    Client: {
      members: names("get* list* search* find* count* read*", call("http-read")),
      any: call("http-write"),
    },
  },
});
