import type { EntrySpec, Library, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { decorated, decoratedVerbs } from "./parts/decorated.ts";

const routes: Record<string, MethodSpec> = {
  route: decorated({ kind: "route", method: named("methods"), otherwise: "GET", path: named("rule", 0) }),
  ...decoratedVerbs("get post put patch delete", "rule"),
  add_url_rule: {
    registers: { kind: "route", method: named("methods"), otherwise: "GET", path: named("rule", 0), handlers: named("view_func", 2) },
    returns: "void",
  },
  ...names("before_request after_request before_first_request before_app_request", { returns: "value" }),
  ...names("errorhandler teardown_request teardown_appcontext", { returns: "value" }),
  ...names("template_filter app_template_filter add_template_filter", forTemplates("filter")),
  ...names("template_global app_template_global add_template_global", forTemplates("global")),
  ...names("context_processor app_context_processor", forTemplates("context")),
};

/** Methods of views that are classes. */
export const viewMethods: Readonly<Record<string, EntrySpec>> = Object.fromEntries(
  ["get", "post", "put", "patch", "delete"].map((name) => [name, { kind: "route", method: name.toUpperCase() }]),
);

/** The decorator takes the name first, the plain method the function. */
function forTemplates(kind: NonNullable<MethodSpec["tags"]>["kind"]): MethodSpec {
  return { tags: { kind, name: named("name", 0) }, returns: "value" };
}

/** What Flask and Quart have in common. */
export const flaskTables: Omit<Library, "id" | "packages"> = {
  language: "python",
  exports: {
    Flask: { class: "Application" },
    Quart: { class: "Application" },
    Blueprint: { class: "Blueprint" },
    request: { value: "Request" },
    g: { value: "Anything" },
    current_app: { value: "Application" },
    jsonify: { value: "Answer" },
    render_template: { value: "Template" },
    render_template_string: { value: "Answer" },
    stream_template: { value: "Template" },
    redirect: { value: "Answer" },
    abort: { value: "Abort" },
    ...names("MethodView View", { class: "MethodView" }),
  },
  types: {
    Application: {
      members: {
        ...routes,
        register_blueprint: {
          registers: { kind: "mount", path: named("url_prefix"), handlers: named("blueprint", 0) },
          returns: "void",
        },
        run: { returns: "void" },
        config: "Settings",
      },
    },
    Blueprint: {
      construct: { registers: { kind: "base", path: named("url_prefix") } },
      members: {
        ...routes,
        register_blueprint: {
          registers: { kind: "mount", path: named("url_prefix"), handlers: named("blueprint", 0) },
          returns: "void",
        },
      },
    },
    Settings: {
      settles: "settings",
      any: "Settings",
      members: names("get get_namespace items values keys split", { returns: { type: "Settings" } }),
    },
    Request: { members: { get_json: { returns: "value" } }, any: { returns: "value" } },
    Anything: {},
    MethodView: { entries: viewMethods },
    Template: { call: { renders: { template: named("template_name_or_list", 0), context: "keywords" }, returns: "value" } },
    Answer: { call: { returns: "value" } },
    Abort: { call: { returns: "void", ends: true } },
  },
};

export default library({ ...flaskTables, id: "flask", packages: ["flask", "flask.views"], ownLoop: true });
