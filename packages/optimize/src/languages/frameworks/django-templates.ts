/** Django's templates: what puts one out, and the libraries of tags and filters that a project registers. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named } from "../shapes/places.ts";
import { decorated } from "./parts/decorated.ts";

const name = named("name", 0);
/** Templates call it, also those of other projects. */
const registered = decorated({ kind: "event" });

export default library({
  id: "django-templates",
  language: "python",
  packages: ["django.template", "django.template.loader", "django.template.response", "django.template.library", "django.template.base"],
  exports: {
    Library: { class: "Library" },
    render_to_string: { value: "Render" },
    get_template: { value: "Get" },
    select_template: { value: "Get" },
    loader: { value: "Loader" },
    TemplateResponse: { class: "Response" },
    SimpleTemplateResponse: { class: "SimpleResponse" },
  },
  types: {
    Library: {
      members: {
        simple_tag: tag("tag", named("takes_context")),
        simple_block_tag: tag("tag", named("takes_context")),
        filter: { tags: { kind: "filter", name }, returns: "value" },
        inclusion_tag: {
          tags: { kind: "inclusion", name: named("name"), template: named("filename", 0), takesContext: named("takes_context") },
          ...registered,
        },
        tag: { returns: "value" },
      },
    },
    Render: { call: { renders: { template: named("template_name", 0), context: named("context", 1) }, returns: "value" } },
    Get: { call: { returns: { type: "Template" } } },
    Loader: {
      members: {
        render_to_string: { renders: { template: named("template_name", 0), context: named("context", 1) }, returns: "value" },
        get_template: { returns: { type: "Template" } },
        select_template: { returns: { type: "Template" } },
      },
    },
    Template: { members: { render: { renders: { template: { arg: 0, made: true }, context: named("context", 0) }, returns: "value" } } },
    Response: { construct: { renders: { template: named("template", 1), context: named("context", 2) } } },
    SimpleResponse: { construct: { renders: { template: named("template", 0), context: named("context", 1) } } },
  },
});

function tag(kind: "tag", takesContext: ReturnType<typeof named>): MethodSpec {
  return { tags: { kind, name: named("name"), takesContext }, ...registered };
}
