/** Falcon: resources that answer by methods named after HTTP's, and what runs around each of them. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";

const verbs = ["get", "head", "post", "put", "patch", "delete", "options"];

const add: MethodSpec = {
  registers: {
    kind: "resource",
    path: named("uri_template", 0),
    handlers: named("resource", 1),
    suffix: named("suffix"),
    members: Object.fromEntries(verbs.map((verb) => [`on_${verb}`, [verb.toUpperCase(), ""] as const])),
  },
  returns: "void",
};

export default library({
  id: "falcon",
  language: "python",
  packages: ["falcon", "falcon.asgi"],
  exports: names("App API", { class: "Application" }),
  types: {
    Application: {
      members: { add_route: add, ...names("add_middleware add_error_handler add_sink add_static_route", { returns: "void" }) },
    },
  },
});
