/** Elysia: a chain of routes, groups and plugins. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";
import { routeMembers } from "./parts/verbs.ts";

const handler = { params: ["value"] } as const;

export default library({
  id: "elysia",
  packages: ["elysia"],
  exports: { default: { class: "Elysia" }, Elysia: { class: "Elysia" } },
  types: {
    Elysia: {
      construct: { registers: { kind: "base", path: { arg: 0, property: "prefix" } } },
      members: {
        ...routeMembers(handler),
        route: { registers: { kind: "route", method: { arg: 0 }, path: { arg: 1 }, handlers: 2, ...handler }, returns: "same" },
        ws: { returns: "same" },
        use: { registers: { kind: "mount", handlers: 0 }, returns: "same" },
        group: {
          registers: { kind: "plugin", path: { arg: 0 }, prefix: { arg: 0 }, handlers: 1 },
          returns: "same",
        },
        guard: { registers: { kind: "plugin", handlers: 0 }, returns: "same" },
        ...names("derive resolve onBeforeHandle onRequest onTransform", {
          registers: { kind: "middleware", handlers: 0, ...handler },
          returns: "same",
        }),
        ...names("decorate state model onError onAfterHandle onStart onStop macro", { returns: "same" }),
        listen: { callbacks: [{ arg: 1, runs: "later" }], returns: "same", listens: true },
      },
    },
  },
});
