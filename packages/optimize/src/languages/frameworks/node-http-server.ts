import { library } from "../../model/library.ts";

/** A bare server: one handler for every path; the platform tables hold the client side of these modules. */
export default library({
  id: "node-http-server",
  packages: ["node:http", "node:https", "node:http2"],
  exports: {
    createServer: { value: "Create" },
    createSecureServer: { value: "Create" },
    default: { value: "Module" },
    Server: { class: "Server" },
  },
  types: {
    Module: {
      members: {
        createServer: {
          registers: { kind: "route", method: "ALL", handlers: 0, params: ["Request", "Response"] },
          returns: { type: "Server" },
        },
      },
    },
    Create: {
      call: { registers: { kind: "route", method: "ALL", handlers: 0, params: ["Request", "Response"] }, returns: { type: "Server" } },
    },
    Server: {
      construct: { registers: { kind: "route", method: "ALL", handlers: 0, params: ["Request", "Response"] } },
      members: {
        on: {
          registers: {
            kind: "route",
            method: "ALL",
            handlers: 1,
            only: { where: { arg: 0 }, oneOf: ["request"] },
            params: ["Request", "Response"],
          },
          returns: "same",
        },
        listen: {
          callbacks: [
            { arg: 1, runs: "later" },
            { arg: 2, runs: "later" },
          ],
          returns: "same",
          listens: true,
        },
        close: { callbacks: [{ arg: 0, runs: "later" }], returns: "same" },
      },
    },
    Request: {
      members: {
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        once: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
      },
    },
    Response: { members: { on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" } }, any: { returns: "value" } },
  },
});
