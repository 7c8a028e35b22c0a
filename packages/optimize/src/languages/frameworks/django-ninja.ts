/** Django Ninja: routers of functions whose answers are read field by field, as their schema says. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";
import { decorated, decoratedVerbs } from "./parts/decorated.ts";

const answers = named("response");
const routes: Record<string, MethodSpec> = {
  ...decoratedVerbs("get post put patch delete", "path", { answers }),
  api_operation: decorated({ kind: "route", method: named("methods", 0), otherwise: "GET", path: named("path", 1), answers }),
  add_router: { registers: { kind: "mount", path: named("prefix", 0), handlers: named("router", 1) }, returns: "void" },
};

export default library({
  id: "django-ninja",
  language: "python",
  packages: ["ninja", "ninja.router", "ninja.main", "ninja.pagination", "ninja_extra", "ninja_extra.router"],
  exports: {
    ...names("NinjaAPI NinjaExtraAPI Router", { class: "Router" }),
    ...names("Schema ModelSchema", { class: "Schema", statics: "SchemaClass" }),
    paginate: { value: "Paginate" },
  },
  types: {
    Router: { members: routes },
    /** Pydantic's classes under another name. */
    Schema: {
      shows: true,
      members: names("dict json model_dump model_dump_json copy model_copy", { returns: "value" }),
    },
    SchemaClass: {
      members: names("model_validate from_orm parse_obj validate", { shows: named("obj", 0), returns: { instanceOf: "receiver" } }),
    },
    /** `@paginate`, `@paginate(LimitOffsetPagination)` */
    Paginate: { call: { returns: "value" } },
  },
});
