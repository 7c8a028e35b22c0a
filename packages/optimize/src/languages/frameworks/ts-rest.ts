import { library } from "../../model/library.ts";
import type { MethodSpec } from "../../model/library.ts";

/** Keys name the routes of the contract; maps in maps, and routers, stand for parts of it. */
const router: MethodSpec = { registers: { kind: "contract", contract: { arg: 0 }, handlers: { arg: 1 } }, returns: { type: "Router" } };
/** What serves a router: functions that are given for all of its routes run before each of them. */
const serve: MethodSpec = {
  registers: {
    kind: "contract",
    contract: { arg: 0 },
    handlers: { arg: 1 },
    before: { arg: 3, property: "globalMiddleware", or: { arg: 2, property: "globalMiddleware" } },
  },
  returns: "value",
};
const value: MethodSpec = { returns: "value" };

export default library({
  id: "ts-rest",
  packages: ["@ts-rest/core", "@ts-rest/express", "@ts-rest/fastify", "@ts-rest/next", "@ts-rest/serverless", "@ts-rest/serverless/next"],
  exports: {
    initContract: { value: "initContract" },
    initServer: { value: "initServer" },
    createExpressEndpoints: { value: "serve" },
    createNextRoute: { value: "router" },
    createNextRouter: { value: "serve" },
    createNextHandler: { value: "serve" },
    tsr: { value: "Server" },
  },
  types: {
    initContract: { call: { returns: { type: "Contract" } } },
    Contract: {
      members: {
        router: {
          registers: { kind: "contract", handlers: { arg: 0 }, prefix: { arg: 1, property: "pathPrefix" } },
          returns: { argument: 0 },
        },
        query: { returns: { argument: 0 } },
        mutation: { returns: { argument: 0 } },
        responses: { returns: { argument: 0 } },
        type: value,
        body: value,
        response: value,
        otherResponse: value,
        noBody: value,
      },
    },
    initServer: { call: { returns: { type: "Server" } } },
    Server: { members: { router, registerRouter: serve, plugin: value, route: { returns: { argument: 1 } } } },
    Router: {},
    router: { call: router },
    serve: { call: serve },
  },
});
