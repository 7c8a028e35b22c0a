import { library } from "../../model/library.ts";

export default library({
  id: "python-time",
  language: "python",
  packages: ["time"],
  exports: { sleep: { value: "Sleep" } },
  types: { Sleep: { call: { effect: { kind: "sleep", blocking: true }, returns: "void" } } },
});
