import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { decoratedVerbs } from "./parts/decorated.ts";

const added: Record<string, MethodSpec> = Object.fromEntries(
  ["get", "post", "put", "patch", "delete"].map((verb) => [
    `add_${verb}`,
    { registers: { kind: "route", method: verb.toUpperCase(), path: named("path", 0), handlers: named("handler", 1) }, returns: "value" },
  ]),
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
  },
  types: {
    Application: { members: { router: "Router", ...names("add_routes add_subapp", { returns: "value" }) } },
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
    Answer: { call: { returns: "value" } },
  },
});
