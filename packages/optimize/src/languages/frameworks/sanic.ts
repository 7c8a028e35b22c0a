/** Sanic: routes below decorators, blueprints, views that are classes. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { decorated, decoratedVerbs } from "./parts/decorated.ts";
import { viewMethods } from "./flask.ts";

const anyMethod = { kind: "route", method: named("methods"), otherwise: "GET", path: named("uri", 0) } as const;

const routes: Record<string, MethodSpec> = {
  route: decorated(anyMethod),
  ...decoratedVerbs("get post put patch delete head options", "uri"),
  add_route: {
    registers: { ...anyMethod, method: named("methods", 2), path: named("uri", 1), handlers: named("handler", 0) },
    returns: "void",
  },
  websocket: decorated({ kind: "socket", path: named("uri", 0) }),
  add_websocket_route: { registers: { kind: "socket", path: named("uri", 1), handlers: named("handler", 0) }, returns: "void" },
  blueprint: { registers: { kind: "mount", path: named("url_prefix"), handlers: named("blueprint", 0) }, returns: "void" },
  ...names("middleware on_request on_response listener exception static", { returns: "value" }),
};

export default library({
  id: "sanic",
  language: "python",
  packages: ["sanic", "sanic.app", "sanic.blueprints", "sanic.request", "sanic.response", "sanic.views"],
  exports: {
    Sanic: { class: "Application", statics: "ApplicationClass" },
    Blueprint: { class: "Blueprint", statics: "BlueprintClass" },
    Request: { type: "Request" },
    HTTPMethodView: { class: "MethodView" },
    ...names("json text html raw redirect empty file file_stream HTTPResponse", { value: "Answer" }),
  },
  types: {
    Application: { members: routes },
    ApplicationClass: { members: { get_app: { returns: { type: "Application" } } } },
    Blueprint: { construct: { registers: { kind: "base", path: named("url_prefix", 1) } }, members: routes },
    /** `Blueprint.group(orders, users, url_prefix="/api")` */
    BlueprintClass: {
      members: {
        group: { registers: { kind: "mount", path: named("url_prefix"), handlers: 0, onResult: true }, returns: { type: "Blueprint" } },
      },
    },
    Request: { any: { returns: "value" } },
    MethodView: { entries: viewMethods },
    Answer: { call: { returns: "value" } },
  },
});
