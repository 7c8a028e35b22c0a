import { library } from "../../model/library.ts";
import type { DecoratorSpec } from "../../model/library.ts";

const route = (method: string): DecoratorSpec => ({ on: "method", entry: { kind: "route", method }, path: { arg: 0 } });
const controller: DecoratorSpec = { on: "class", path: { arg: 0 }, injectable: true };

/** Express controllers by decorators; tsoa writes the same ones. */
export default library({
  id: "routing-controllers",
  packages: ["routing-controllers", "tsoa", "@tsoa/runtime", "inversify-express-utils"],
  exports: {},
  types: {},
  decorators: {
    Controller: { on: "class", path: { arg: 0 }, injectable: true },
    JsonController: controller,
    controller,
    Route: controller,
    Get: route("GET"),
    Post: route("POST"),
    Put: route("PUT"),
    Patch: route("PATCH"),
    Delete: route("DELETE"),
    Head: route("HEAD"),
    All: route("ALL"),
    httpGet: route("GET"),
    httpPost: route("POST"),
    httpPut: route("PUT"),
    httpPatch: route("PATCH"),
    httpDelete: route("DELETE"),
  },
});
