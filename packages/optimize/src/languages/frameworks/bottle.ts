/** Bottle: functions below decorators of the module or of an application. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { decorated, decoratedVerbs } from "./parts/decorated.ts";

const routes: Record<string, MethodSpec> = {
  route: decorated({ kind: "route", method: named("method", 1), otherwise: "GET", path: named("path", 0), handlers: named("callback", 2) }),
  ...decoratedVerbs("get post put patch delete", "path"),
};

export default library({
  id: "bottle",
  language: "python",
  packages: ["bottle"],
  exports: {
    Bottle: { class: "Application" },
    ...Object.fromEntries(Object.keys(routes).map((name) => [name, { value: `${name}()` }])),
    ...names("default_app app", { value: "Default" }),
    ...names("template jinja2_template", { value: "Template" }),
    abort: { value: "Abort" },
  },
  types: {
    ...Object.fromEntries(Object.entries(routes).map(([name, call]) => [`${name}()`, { call }])),
    Application: {
      members: {
        ...routes,
        mount: { registers: { kind: "mount", path: named("prefix", 0), handlers: named("app", 1) }, returns: "void" },
        ...names("install uninstall merge run", { returns: "void" }),
      },
    },
    Default: { call: { returns: { type: "Application" } } },
    Template: { call: { returns: "value" } },
    Abort: { call: { returns: "void", ends: true } },
  },
});
