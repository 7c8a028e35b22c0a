/** Jinja's own environments, and the one that Starlette and FastAPI wrap. */
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";

export default library({
  id: "jinja2",
  language: "python",
  packages: ["jinja2", "fastapi.templating", "starlette.templating", "aiohttp_jinja2"],
  exports: {
    Environment: { class: "Environment" },
    Template: { class: "Inline" },
    Jinja2Templates: { class: "Templates" },
    // aiohttp's
    ...names("render_template render_string", { value: "Render" }),
  },
  types: {
    Environment: {
      members: {
        ...names("get_template select_template get_or_select_template", { returns: { type: "Template" } }),
      },
    },
    // The template's name stands in the call that got it.
    Template: {
      members: {
        ...names("render generate stream", { renders: { template: { arg: 0, made: true }, context: "keywords" }, returns: "value" }),
        render_async: { renders: { template: { arg: 0, made: true }, context: "keywords" }, returns: "value", promise: true },
      },
    },
    Inline: {},
    Render: { call: { renders: { template: named("template_name", 0), context: named("context", 2) }, returns: "value" } },
    Templates: {
      members: {
        // The request came first or stands in the context: both ways are in use.
        TemplateResponse: {
          renders: {
            template: [named("name", 0), named("name", 1)],
            context: [named("context", 1), named("context", 2)],
          },
          returns: "value",
        },
        get_template: { returns: { type: "Template" } },
      },
    },
  },
});
