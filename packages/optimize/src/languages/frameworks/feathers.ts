/** Feathers: services answer at a path by their methods, and are asked by it. */
import type { MethodSpec, RegisterSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const service: RegisterSpec = {
  kind: "resource",
  path: { arg: 0 },
  handlers: { arg: 1 },
  members: {
    find: ["GET", ""],
    get: ["GET", ":id"],
    create: ["POST", ""],
    update: ["PUT", ":id"],
    patch: ["PATCH", ":id"],
    remove: ["DELETE", ":id"],
  },
};

const configure: MethodSpec = { registers: { kind: "plugin", handlers: 0 }, returns: "same" };

export default library({
  id: "feathers",
  packages: ["@feathersjs/feathers", "@feathersjs/koa"],
  exports: {
    default: { value: "Make" },
    feathers: { value: "Make" },
    koa: { value: "Wrap" },
    Application: { type: "Application" },
  },
  types: {
    Make: { call: { returns: { type: "Application" } } },
    Wrap: { call: { returns: { type: "Application" } } },
    Application: {
      members: {
        use: { registers: service, defines: { name: { arg: 0 }, value: { arg: 1 } }, returns: "same" },
        service: { defined: { arg: 0 } },
        configure,
        ...names("set enable disable hooks publish on", { returns: "same" }),
        get: { returns: "value" },
        listen: { returns: "value", promise: true, listens: true },
      },
    },
  },
});
