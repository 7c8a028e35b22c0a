/** superagent: a request that goes out when it is awaited or ended. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const read: MethodSpec = { sets: { url: { arg: 0 } }, returns: { type: "Request" } };
const write: MethodSpec = { sets: { kind: "http-write", url: { arg: 0 } }, returns: { type: "Request" } };

const methods: Record<string, MethodSpec> = {
  ...names("get head", read),
  ...names("post put patch delete del", write),
  agent: { returns: { type: "superagent" } },
};

export default library({
  id: "superagent",
  packages: ["superagent"],
  exports: {
    default: { value: "superagent" },
    ...names("get head", { value: "read" }),
    ...names("post put patch del", { value: "write" }),
    agent: { value: "agent" },
  },
  types: {
    read: { call: read },
    write: { call: write },
    agent: { call: { returns: { type: "superagent" } } },
    superagent: { call: { sets: { method: { arg: 0 }, url: { arg: 1 } }, returns: { type: "Request" } }, members: methods },
    Request: {
      lazy: { kind: "http-read", timeout: [] },
      gives: "value",
      any: { returns: "same" },
      members: {
        timeout: { sets: { timed: true } },
        end: { runs: true, callbacks: [{ arg: 0, runs: "once", params: ["value", "value"] }], returns: "void" },
        pipe: { runs: true, sets: { stream: true }, returns: { argument: 0 } },
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        use: { callbacks: [{ arg: 0, runs: "once", params: ["same"] }], returns: "same" },
      },
    },
  },
});
