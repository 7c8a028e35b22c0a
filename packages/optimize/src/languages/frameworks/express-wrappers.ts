import { library } from "../../model/library.ts";

/** Packages whose only export wraps a handler so that its rejection reaches the error handler. */
export default library({
  id: "express-wrappers",
  packages: ["express-async-handler", "express-async-wrap", "async-middleware", "fastify-plugin", "koa-compose"],
  exports: { default: { value: "Wrap" }, asyncHandler: { value: "Wrap" }, wrap: { value: "Wrap" }, fastifyPlugin: { value: "Wrap" } },
  types: { Wrap: { call: { wraps: 0 } } },
});
