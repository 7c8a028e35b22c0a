/** AdonisJS: routes that name methods of controllers, groups of them, commands. */
import type { MethodSpec, RegisterSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";
import { routeMembers } from "./parts/verbs.ts";

/** Where controllers that are named by a text lie. */
const controllers = ["app/Controllers/Http", "app/controllers", "app"];
const handler = { params: ["value", "value"], controllers } as const;
const routes = routeMembers(handler, { returns: { type: "Route" } });

const resource: MethodSpec = {
  registers: {
    kind: "resource",
    path: { arg: 0 },
    handlers: { arg: 1 },
    controllers,
    members: {
      index: ["GET", ""],
      create: ["GET", "create"],
      store: ["POST", ""],
      show: ["GET", ":id"],
      edit: ["GET", ":id/edit"],
      update: ["PUT", ":id"],
      destroy: ["DELETE", ":id"],
    },
  },
  returns: { type: "Route" },
};

const listens: RegisterSpec = { kind: "event", path: { arg: 0 }, handlers: 1, controllers: ["app/Listeners", "app/listeners"] };

export default library({
  id: "adonis",
  packages: [
    "@adonisjs/core/services/router",
    "@ioc:Adonis/Core/Route",
    "@adonisjs/core/http",
    "@adonisjs/core/ace",
    "@adonisjs/core",
    "@adonisjs/core/build/standalone",
    "@adonisjs/core/services/emitter",
    "@ioc:Adonis/Core/Event",
  ],
  exports: {
    default: { value: "Router" },
    BaseCommand: { class: "Command" },
    Router: { type: "Router" },
  },
  types: {
    /** The router, and what tells events: both are the default of their own module, and have no name in common. */
    Router: {
      members: {
        ...routes,
        any: routes["all"] ?? {},
        route: {
          registers: { kind: "route", path: { arg: 0 }, method: { arg: 1 }, handlers: 2, ...handler },
          returns: { type: "Route" },
        },
        ...names("resource apiResource", resource),
        group: { callbacks: [{ arg: 0, runs: "once" }], registers: { kind: "group" }, returns: { type: "Group" } },
        on: { registers: { ...listens }, returns: { type: "Route" } },
        ...names("listen onAny", { registers: listens, returns: "same" }),
        ...names("where matchers named", { returns: "value" }),
      },
    },
    Route: { any: { returns: "same" } },
    Group: { any: { returns: "same" }, members: { prefix: { registers: { kind: "base", path: { arg: 0 } }, returns: "same" } } },
    Command: { entries: { run: { kind: "command" } } },
  },
  decorators: { inject: { on: "class", injectable: true } },
});
