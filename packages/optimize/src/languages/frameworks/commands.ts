import { library } from "../../model/library.ts";

/** Commander and the libraries of its shape: the command's first word names it. */
export default library({
  id: "commands",
  packages: ["commander", "@commander-js/extra-typings", "cac", "sade"],
  exports: {
    program: { value: "Command" },
    Command: { class: "Command" },
    createCommand: { value: "Factory" },
    default: { value: "Factory" },
    cac: { value: "Factory" },
  },
  types: {
    Factory: {
      call: { returns: { type: "Command", table: { arg: 0 } } },
      members: { command: { returns: { type: "Command", table: { arg: 0 } } }, Command: "CommandClass" },
    },
    CommandClass: { construct: { returns: { type: "Command", table: { arg: 0 } } } },
    Command: {
      construct: { table: { arg: 0 } },
      members: {
        command: { returns: { type: "Command", table: { arg: 0 } } },
        name: { table: { arg: 0 }, returns: "same" },
        addCommand: { returns: "same" },
        action: { registers: { kind: "command", handlers: 0 }, returns: "same" },
        hook: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        opts: { returns: "value" },
        parse: { returns: "same" },
        parseAsync: { returns: "same", promise: true },
      },
      any: { returns: "same" },
    },
  },
});
