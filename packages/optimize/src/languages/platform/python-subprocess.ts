import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { namespace } from "../shapes/namespace.ts";
import { names } from "../shapes/places.ts";

/** The calls return when the program has ended; `Popen` returns at once. */
const run: MethodSpec = { effect: { kind: "process", blocking: true }, returns: "value" };
const { exports, types } = namespace("Subprocess", names("run call check_call check_output getoutput getstatusoutput", run));
delete exports["default"];

export default library({
  id: "python-subprocess",
  language: "python",
  packages: ["subprocess"],
  exports: { ...exports, Popen: { class: "Popen" } },
  types: {
    ...types,
    Popen: {
      construct: { effect: { kind: "process" } },
      members: { ...names("wait communicate", run), ...names("poll kill terminate", { returns: "value" }) },
    },
  },
});
