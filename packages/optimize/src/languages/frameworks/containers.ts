import { library } from "../../model/library.ts";

const injectable = { on: "class", injectable: true } as const;
const token = { on: "parameter", token: { arg: 0 } } as const;

/** Containers that make classes and fill their constructors. */
export default library({
  id: "containers",
  packages: ["tsyringe", "inversify", "typedi"],
  exports: { container: { value: "Container" }, Container: { class: "Container", statics: "Container" } },
  types: {
    Container: {
      construct: {},
      members: {
        get: { returns: { instanceOf: 0 } },
        resolve: { returns: { instanceOf: 0 } },
        getAsync: { returns: { instanceOf: 0 }, promise: true },
      },
    },
  },
  decorators: { injectable, singleton: injectable, scoped: injectable, Service: injectable, inject: token, Inject: token },
});
