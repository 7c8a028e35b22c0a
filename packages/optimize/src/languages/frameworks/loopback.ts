/** LoopBack 4: controllers whose methods stand below decorators. */
import type { DecoratorSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";

const route = (method: string): DecoratorSpec => ({ on: "method", entry: { kind: "route", method }, path: { arg: 0 } });

export default library({
  id: "loopback",
  packages: ["@loopback/rest", "@loopback/openapi-v3"],
  exports: {},
  types: {},
  decorators: {
    api: { on: "class", path: { arg: 0, property: "basePath" } },
    get: route("GET"),
    post: route("POST"),
    put: route("PUT"),
    patch: route("PATCH"),
    del: route("DELETE"),
    operation: { on: "method", entry: { kind: "route", method: "ANY" }, path: { arg: 1 } },
  },
});
