import { library } from "../../model/library.ts";

export default library({
  id: "hono-factory",
  packages: ["hono/factory"],
  exports: { createMiddleware: { value: "Wrap" }, createFactory: { value: "Create" }, Factory: { class: "Factory" } },
  types: {
    Wrap: { call: { wraps: 0 } },
    Create: { call: { returns: { type: "Factory" } } },
    Factory: { construct: {}, members: { createMiddleware: { wraps: 0 } } },
  },
});
