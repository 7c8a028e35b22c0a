import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { viewMethods } from "./flask.ts";
import { decoratedVerbs } from "./parts/decorated.ts";

const verbs = ["get", "post", "put", "patch", "delete"];
const route = { kind: "route", path: named("path", 0), handlers: named("handler", 1) } as const;

/** `web.get("/orders", orders)`, in a table that is given to `add_routes`. */
const listed: Record<string, MethodSpec> = {
  ...Object.fromEntries(verbs.map((verb) => [verb, { registers: { ...route, method: verb.toUpperCase() }, returns: "value" }])),
  view: { registers: { ...route, method: "ANY" }, returns: "value" },
  route: {
    registers: { kind: "route", method: named("method", 0), path: named("path", 1), handlers: named("handler", 2) },
    returns: "value",
  },
};

const added: Record<string, MethodSpec> = Object.fromEntries(
  verbs.map((verb) => [`add_${verb}`, { registers: { ...route, method: verb.toUpperCase() }, returns: "value" }]),
);

export default library({
  id: "aiohttp-web",
  language: "python",
  packages: ["aiohttp.web"],
  exports: {
    Application: { class: "Application" },
    RouteTableDef: { class: "Routes" },
    Request: { type: "Request" },
    json_response: { value: "Answer" },
    View: { class: "View" },
    ...Object.fromEntries(Object.keys(listed).map((name) => [name, { value: `${name}()` }])),
  },
  types: {
    Application: {
      members: {
        router: "Router",
        ...names("add_routes", { returns: "value" }),
        add_subapp: { registers: { kind: "mount", path: named("prefix", 0), handlers: named("subapp", 1) }, returns: "value" },
      },
    },
    Router: {
      members: {
        ...added,
        add_route: {
          registers: { kind: "route", method: named("method", 0), path: named("path", 1), handlers: named("handler", 2) },
          returns: "value",
        },
      },
    },
    Routes: { members: decoratedVerbs("get post put patch delete", "path") },
    Request: { members: names("json text read post", { returns: "value", promise: true }) },
    View: { entries: viewMethods },
    ...Object.fromEntries(Object.entries(listed).map(([name, call]) => [`${name}()`, { call }])),
    Answer: { call: { returns: "value" } },
  },
});
