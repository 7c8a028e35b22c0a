import { names } from "../shapes/places.ts";
import { library } from "../../model/library.ts";

const on = { registers: { kind: "socket", path: { arg: 0 }, handlers: 1, params: ["Socket"] }, returns: "same" } as const;

export default library({
  id: "socket-io",
  packages: ["socket.io"],
  exports: {
    Server: { class: "Server" },
    default: { class: "Server", value: "Factory" },
    Socket: { type: "Socket" },
    Namespace: { type: "Server" },
  },
  types: {
    Factory: { call: { returns: { type: "Server" } } },
    Server: {
      construct: {},
      members: {
        on,
        use: { registers: { kind: "middleware", handlers: 0, params: ["Socket", "Next"] }, returns: "same" },
        of: { returns: "same" },
        to: { returns: "same" },
        in: { returns: "same" },
        emit: { returns: "value" },
        attach: { returns: "same" },
        close: { returns: "void", promise: true },
        fetchSockets: { returns: { type: "Socket", list: true }, promise: true },
        sockets: "Server",
      },
    },
    Socket: {
      members: {
        on: { registers: { kind: "socket", path: { arg: 0 }, handlers: 1, params: ["value", "Acknowledge"] }, returns: "same" },
        ...names("onAny prependAny", {
          registers: { kind: "socket", handlers: 0, params: ["value", "value", "Acknowledge"] },
          returns: "same",
        }),
        once: { registers: { kind: "socket", path: { arg: 0 }, handlers: 1, params: ["value", "Acknowledge"] }, returns: "same" },
        emit: { returns: "value" },
        to: { returns: "same" },
        in: { returns: "same" },
        broadcast: "Socket",
        server: "Server",
        join: { returns: "void", promise: true },
        leave: { returns: "void", promise: true },
        disconnect: { returns: "same" },
      },
    },
    Acknowledge: { call: { returns: "void" } },
    Next: { call: { returns: "void" } },
  },
});
