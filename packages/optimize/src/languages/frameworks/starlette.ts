/** Starlette's tables of routes: each names its path and its endpoint, a function or a class. */
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { viewMethods } from "./flask.ts";

const route = {
  kind: "route",
  method: named("methods"),
  otherwise: "GET",
  path: named("path", 0),
  handlers: named("endpoint", 1),
} as const;

export default library({
  id: "starlette",
  language: "python",
  packages: ["starlette.endpoints", "starlette.responses", "starlette.websockets"],
  exports: {
    HTTPEndpoint: { class: "Endpoint" },
    ...names("JSONResponse PlainTextResponse HTMLResponse RedirectResponse Response StreamingResponse", { class: "Answer" }),
  },
  types: { Endpoint: { entries: viewMethods }, Answer: {} },
});

/** `Route("/orders", orders, methods=["POST"])`, which FastAPI's packages share. */
export const routeTypes = {
  Route: { construct: { registers: route, returns: "value" } },
  SocketRoute: { construct: { registers: { kind: "socket", path: named("path", 0), handlers: named("endpoint", 1) }, returns: "value" } },
} as const;
