import { library } from "../../model/library.ts";
import { routeMembers } from "./parts/verbs.ts";

const handler = { params: ["value", "value", "value"] } as const;
const routes = routeMembers(handler);

export default library({
  id: "restify",
  packages: ["restify"],
  exports: { default: { value: "Module" }, createServer: { value: "Create" }, Server: { type: "Server" } },
  types: {
    Module: { members: { createServer: { returns: { type: "Server" } }, plugins: "Plugins" } },
    Create: { call: { returns: { type: "Server" } } },
    Plugins: { any: { returns: "value" } },
    Server: {
      members: {
        ...routes,
        del: routes["delete"] ?? {},
        opts: routes["options"] ?? {},
        use: { registers: { kind: "middleware", handlers: 0, ...handler }, returns: "same" },
        pre: { registers: { kind: "middleware", handlers: 0, ...handler }, returns: "same" },
        on: { callbacks: [{ arg: 1, runs: "later" }] },
        listen: { callbacks: [{ arg: 1, runs: "later" }], listens: true },
      },
    },
  },
});
