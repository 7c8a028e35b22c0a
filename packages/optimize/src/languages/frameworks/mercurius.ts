import { library } from "../../model/library.ts";

/** `app.register(mercurius, { schema, resolvers })`: the option is the registration's. */
export default library({
  id: "mercurius",
  packages: ["mercurius"],
  exports: { default: { value: "Plugin" }, mercurius: { value: "Plugin" } },
  types: {
    Plugin: {
      call: {
        registers: { kind: "resolvers", handlers: { arg: 1, property: "resolvers" }, params: ["value", "value", "value", "value"] },
        returns: "void",
      },
    },
  },
});
