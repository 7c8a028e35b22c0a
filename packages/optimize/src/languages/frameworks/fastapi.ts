/** FastAPI, and the parts of Starlette that it stands on. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named } from "../shapes/places.ts";
import { decorated, decoratedVerbs } from "./parts/decorated.ts";

const routes: Record<string, MethodSpec> = {
  ...decoratedVerbs("get post put patch delete head options", "path"),
  api_route: decorated({ kind: "route", method: named("methods"), otherwise: "GET", path: named("path", 0) }),
  route: decorated({ kind: "route", method: named("methods"), otherwise: "GET", path: named("path", 0) }),
  add_api_route: {
    registers: { kind: "route", method: named("methods"), otherwise: "GET", path: named("path", 0), handlers: named("endpoint", 1) },
    returns: "void",
  },
  websocket: decorated({ kind: "socket", path: named("path", 0) }),
  include_router: { registers: { kind: "mount", path: named("prefix"), handlers: named("router", 0) }, returns: "void" },
};

export default library({
  id: "fastapi",
  language: "python",
  packages: ["fastapi", "starlette.applications", "starlette.routing"],
  exports: {
    FastAPI: { class: "Application" },
    Starlette: { class: "Application" },
    APIRouter: { class: "Router" },
    Request: { type: "Request" },
    BackgroundTasks: { type: "BackgroundTasks" },
  },
  types: {
    Application: { members: routes },
    Router: { construct: { registers: { kind: "base", path: named("prefix") } }, members: routes },
    Request: { any: { returns: "value" } },
    // The task runs after the answer was sent.
    BackgroundTasks: { members: { add_task: { callbacks: [{ arg: 0, runs: "later" }], returns: "void" } } },
  },
});
