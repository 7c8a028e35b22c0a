import { library } from "../../model/library.ts";
import { routeMembers } from "./parts/verbs.ts";

/** Hooks that run in every request; the others belong to start-up and shutdown. */
const requestHooks = ["onRequest", "preParsing", "preValidation", "preHandler", "preSerialization", "onSend", "onResponse"];
const handler = {
  params: ["Request", "Reply", "value"],
  also: ["onRequest", "preParsing", "preValidation", "preHandler", "preSerialization", "onSend", "onResponse", "handler"],
} as const;

export default library({
  id: "fastify",
  packages: ["fastify"],
  exports: {
    default: { value: "Factory" },
    fastify: { value: "Factory" },
    Fastify: { value: "Factory" },
    FastifyInstance: { type: "Instance" },
    FastifyPluginAsync: { type: "Plugin" },
    FastifyPluginCallback: { type: "Plugin" },
    FastifyRequest: { type: "Request" },
    FastifyReply: { type: "Reply" },
  },
  types: {
    Factory: { call: { returns: { type: "Instance" } } },
    /** A function whose first parameter is the instance. */
    Plugin: {},
    Instance: {
      members: {
        ...routeMembers(handler),
        route: {
          registers: {
            kind: "route-object",
            method: { arg: 0, property: "method" },
            path: { arg: 0, property: "url" },
            handlers: { arg: 0, property: "handler" },
            ...handler,
          },
          returns: "same",
        },
        register: {
          registers: { kind: "plugin", handlers: 0, prefix: { arg: 1, property: "prefix" }, params: ["Instance", "value", "Done"] },
          returns: "same",
        },
        addHook: {
          registers: {
            kind: "middleware",
            handlers: 1,
            only: { where: { arg: 0 }, oneOf: requestHooks },
            params: ["Request", "Reply", "value"],
          },
          returns: "same",
        },
        decorate: { defines: { name: { arg: 0 }, value: { arg: 1 } }, returns: "same" },
        withTypeProvider: { returns: "same" },
        after: { callbacks: [{ arg: 0, runs: "once" }], returns: "same", promise: true },
        ready: { callbacks: [{ arg: 0, runs: "later" }], returns: "same", promise: true },
        listen: { callbacks: [{ arg: 1, runs: "later" }], returns: "value", promise: true, listens: true },
        inject: { returns: "value", promise: true },
        close: { returns: "void", promise: true },
        setErrorHandler: { callbacks: [{ arg: 0, runs: "later" }], returns: "same" },
        setNotFoundHandler: { callbacks: [{ arg: 0, runs: "later" }], returns: "same" },
        server: "Server",
        log: "Log",
      },
    },
    Server: { members: { on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" } } },
    Log: { any: { effect: { kind: "log" }, returns: "void" } },
    Request: { members: { server: "Instance", log: "Log" } },
    Reply: { members: { log: "Log", server: "Instance" }, any: { returns: "same" } },
    Done: { call: { returns: "void" } },
  },
});
