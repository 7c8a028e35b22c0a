import { library } from "../../model/library.ts";
import type { MethodSpec } from "../../model/library.ts";

/** The method's name is a text, or the name by which its lexicon is reached. */
const method: MethodSpec = {
  registers: { kind: "procedure", path: { arg: 0 }, spelled: true, handlers: 1, also: ["auth", "handler"] },
  returns: "void",
};

export default library({
  id: "xrpc",
  packages: ["@atproto/xrpc-server"],
  exports: { createServer: { value: "createServer" }, Server: { class: "Server" } },
  types: {
    createServer: { call: { returns: { type: "Server" } } },
    Server: {
      construct: {},
      members: { method, addMethod: method, add: method, streamMethod: method, addStreamMethod: method, router: "Router" },
    },
    Router: {},
  },
});
