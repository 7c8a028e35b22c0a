/** FastAPI, and the parts of Starlette that it stands on. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { decorated, decoratedVerbs } from "./parts/decorated.ts";
import { routeTypes } from "./starlette.ts";

/** `dependencies=[Depends(check)]`, of a route, of a router and where a router is included. */
const before = named("dependencies");
const answers = named("response_model");
const anyMethod = { kind: "route", method: named("methods"), otherwise: "GET", path: named("path", 0), before, answers } as const;

const routes: Record<string, MethodSpec> = {
  ...decoratedVerbs("get post put patch delete head options", "path", { before, answers }),
  ...names("api_route route", decorated(anyMethod)),
  add_api_route: { registers: { ...anyMethod, handlers: named("endpoint", 1) }, returns: "void" },
  ...names("websocket websocket_route", decorated({ kind: "socket", path: named("path", 0), before })),
  include_router: { registers: { kind: "mount", path: named("prefix"), handlers: named("router", 0), before }, returns: "void" },
};

/** What a handler's parameter asks for: `Depends(session)`. */
const dependency: MethodSpec = { returns: { type: "Dependency" } };

export default library({
  id: "fastapi",
  language: "python",
  packages: [
    "fastapi",
    "fastapi.applications",
    "fastapi.params",
    "fastapi.requests",
    "fastapi.routing",
    "starlette.applications",
    "starlette.requests",
    "starlette.routing",
  ],
  exports: {
    FastAPI: { class: "Application" },
    Starlette: { class: "Application" },
    APIRouter: { class: "Router" },
    Route: { class: "Route" },
    WebSocketRoute: { class: "SocketRoute" },
    Request: { type: "Request" },
    BackgroundTasks: { type: "BackgroundTasks" },
    ...names("Depends Security", { value: "Depends" }),
  },
  types: {
    Application: { construct: { registers: { kind: "base", path: named("root_path"), before } }, members: routes },
    Router: { construct: { registers: { kind: "base", path: named("prefix"), before } }, members: routes },
    ...routeTypes,
    Depends: { call: dependency },
    Dependency: { depends: { ...named("dependency", 0), made: true } },
    Request: { any: { returns: "value" } },
    // The task runs after the answer was sent.
    BackgroundTasks: { members: { add_task: { callbacks: [{ arg: 0, runs: "later" }], returns: "void" } } },
  },
});
