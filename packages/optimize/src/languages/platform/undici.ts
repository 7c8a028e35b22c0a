/** undici: fetch, request, and clients that keep their connections. Header and body time-outs of 300 s are its default. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

const places = ["signal", "headersTimeout", "bodyTimeout"] as const;

const fetch: MethodSpec = {
  effect: { kind: "http-read", url: { arg: 0 }, method: { arg: 1, property: "method" }, timeout: at(1, "signal") },
  returns: { type: "Response" },
  promise: true,
};

const request: MethodSpec = {
  effect: { kind: "http-read", url: { arg: 0 }, method: { arg: 1, property: "method" }, timeout: at(1, ...places) },
  returns: { properties: { body: { type: "Response" }, statusCode: "value", headers: "value" } },
  promise: true,
};

/** Options first; those of the client's constructor count too. */
const ofClient: MethodSpec = {
  effect: {
    kind: "http-read",
    url: { arg: 0, property: "path" },
    method: { arg: 0, property: "method" },
    timeout: [...at(0, ...places), ...["headersTimeout", "bodyTimeout"].map((property) => ({ arg: 1, property, made: true as const }))],
  },
  returns: { properties: { body: { type: "Response" }, statusCode: "value", headers: "value" } },
  promise: true,
};

export default library({
  id: "undici",
  packages: ["undici"],
  exports: {
    default: { value: "Module" },
    fetch: { value: "fetch" },
    request: { value: "request" },
    stream: { value: "request" },
    ...names("Client Pool Agent BalancedPool ProxyAgent", { class: "Client" }),
  },
  types: {
    Module: {},
    fetch: { call: fetch },
    request: { call: request },
    Client: { members: { request: ofClient, ...names("close destroy", { returns: "void", promise: true }) } },
    Response: {
      members: { ...names("json text arrayBuffer blob bytes dump", { returns: "value", promise: true }), clone: { returns: "same" } },
      element: "value",
    },
  },
});
