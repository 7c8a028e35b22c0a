/** The client side of node:http and node:https. A request that is not sent by `get` goes out on `end`. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { anywhere, names } from "../shapes/places.ts";

const response: readonly CallbackSpec[] = [1, 2].map((arg): CallbackSpec => ({ arg, runs: "once", params: [{ type: "Incoming" }] }));
const timeout = [...anywhere([0, 1], "timeout"), ...anywhere([0, 1], "signal")];

const get: MethodSpec = {
  effect: { kind: "http-read", timeout, url: { arg: 0 } },
  callbacks: response,
  returns: { type: "Sent" },
};

const request: MethodSpec = {
  sets: { timeout, url: { arg: 0 }, method: { arg: 0, property: "method", or: { arg: 1, property: "method" } } },
  callbacks: response,
  returns: { type: "Outgoing" },
};

const { exports, types } = namespace("http", { get, request });
const events: MethodSpec = { callbacks: [{ arg: 1, runs: "later", params: [{ type: "Incoming" }] }], returns: "same" };

export default library({
  id: "node-http",
  packages: ["node:http", "node:https", "follow-redirects"],
  exports: {
    ...exports,
    Agent: { class: "Agent" },
    ClientRequest: { type: "Outgoing" },
    IncomingMessage: { type: "Incoming" },
  },
  types: {
    ...types,
    Agent: { members: { destroy: { returns: "void" } } },
    Outgoing: {
      lazy: { kind: "http-read", timeout: [] },
      inert: true,
      members: {
        end: { runs: true, returns: "same" },
        setTimeout: { sets: { timed: true }, callbacks: [{ arg: 1, runs: "later" }] },
        ...names("write setHeader setNoDelay setSocketKeepAlive destroy abort", { returns: "same" }),
        ...names("on once", events),
      },
    },
    Sent: { members: { ...names("on once setTimeout", events), ...names("end destroy abort", { returns: "same" }) } },
    Incoming: {
      element: "value",
      members: {
        ...names("on once", { callbacks: [{ arg: 1, runs: "later", params: ["value"] }], returns: "same" }),
        pipe: { returns: { argument: 0 } },
      },
    },
  },
});
