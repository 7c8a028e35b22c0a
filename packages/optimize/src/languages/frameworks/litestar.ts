/** Litestar: handlers are routes by their decorator; in a controller below its path. */
import { library } from "../../model/library.ts";
import type { DecoratorSpec, TypeSpec } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { decorated } from "./parts/decorated.ts";

const verbs = "get post put patch delete head";
const path = named("path", 0);

const methods: Readonly<Record<string, DecoratorSpec>> = Object.fromEntries(
  verbs.split(" ").map((verb) => [verb, { on: "method", entry: { kind: "route", method: verb.toUpperCase() }, path }]),
);
const functions: Readonly<Record<string, TypeSpec>> = Object.fromEntries(
  verbs.split(" ").map((verb) => [`${verb}()`, { call: decorated({ kind: "route", method: verb.toUpperCase(), path }) }]),
);

export default library({
  id: "litestar",
  language: "python",
  packages: ["litestar", "litestar.handlers", "litestar.controller", "litestar.router", "litestar.connection", "starlite"],
  exports: {
    ...Object.fromEntries(verbs.split(" ").map((verb) => [verb, { value: `${verb}()` }])),
    route: { value: "route()" },
    websocket: { value: "websocket()" },
    Controller: { class: "Controller" },
    ...names("Request ASGIConnection", { type: "Request" }),
  },
  decorators: {
    ...methods,
    route: { on: "method", entry: { kind: "route", method: "ANY" }, path },
    websocket: { on: "method", entry: { kind: "socket" }, path },
  },
  types: {
    ...functions,
    "route()": { call: decorated({ kind: "route", method: named("http_method"), otherwise: "GET", path }) },
    "websocket()": { call: decorated({ kind: "socket", path }) },
    Controller: { prefix: "path" },
    Request: { any: { returns: "value" } },
  },
});
