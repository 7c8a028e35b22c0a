import { library } from "../../model/library.ts";

export default library({
  id: "ws",
  packages: ["ws"],
  exports: {
    WebSocketServer: { class: "Server" },
    Server: { class: "Server" },
    WebSocket: { class: "Socket" },
    default: { class: "Socket", value: "Module" },
  },
  types: {
    Module: { members: { Server: "ServerClass", WebSocketServer: "ServerClass" } },
    ServerClass: { construct: { returns: { type: "Server" } } },
    Server: {
      construct: {},
      members: {
        on: { registers: { kind: "socket", path: { arg: 0 }, handlers: 1, params: ["Socket", "value"] }, returns: "same" },
        clients: "Sockets",
        close: { returns: "void" },
        handleUpgrade: { callbacks: [{ arg: 3, runs: "later", params: [{ type: "Socket" }] }], returns: "void" },
        emit: { returns: "value" },
      },
    },
    Sockets: {},
    Socket: {
      construct: {},
      members: {
        on: { registers: { kind: "socket", path: { arg: 0 }, handlers: 1, params: ["value", "value"] }, returns: "same" },
        send: {
          callbacks: [
            { arg: 1, runs: "later" },
            { arg: 2, runs: "later" },
          ],
          returns: "void",
        },
        close: { returns: "void" },
        terminate: { returns: "void" },
        ping: { returns: "void" },
      },
    },
  },
});
