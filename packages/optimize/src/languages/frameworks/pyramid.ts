/** Pyramid: views below decorators, routes that the configuration names. */
import { library } from "../../model/library.ts";
import { named } from "../shapes/places.ts";

const view = { kind: "route", method: named("request_method"), otherwise: "ANY", path: named("route_name"), byLabel: true } as const;

export default library({
  id: "pyramid",
  language: "python",
  packages: ["pyramid.config", "pyramid.view"],
  exports: { Configurator: { class: "Configurator" }, view_config: { value: "ViewConfig" } },
  types: {
    ViewConfig: { call: { registers: { ...view, decorates: true }, returns: "value" } },
    Configurator: {
      members: {
        add_route: { registers: { kind: "label", label: named("name", 0), path: named("pattern", 1) }, returns: "void" },
        add_view: { registers: { ...view, handlers: named("view", 0), dotted: "" }, returns: "void" },
        /** pyramid_services: requests look them up. */
        register_service_factory: { registers: { kind: "service", handlers: named("service_factory", 0), dotted: "" }, returns: "void" },
        include: {
          registers: { kind: "plugin", handlers: named("callable", 0), path: named("route_prefix"), dotted: "includeme" },
          returns: "void",
        },
      },
    },
  },
});
