import { library } from "../../model/library.ts";
import type { MethodSpec } from "../../model/library.ts";

const command: MethodSpec = {
  registers: { kind: "command", path: { arg: 0 }, handlers: { arg: 3 } },
  callbacks: [{ arg: 2, runs: "once", params: [{ type: "Yargs" }] }],
  returns: "same",
};

export default library({
  id: "yargs",
  packages: ["yargs", "yargs/yargs"],
  exports: { default: { value: "Yargs" } },
  types: {
    Yargs: {
      call: { returns: { type: "Yargs" } },
      members: { command, argv: "Arguments", parse: { returns: "value" }, parseAsync: { returns: "value", promise: true } },
      any: { returns: "same" },
    },
    Arguments: {},
  },
});
