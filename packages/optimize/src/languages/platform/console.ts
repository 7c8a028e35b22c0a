/** The console of the runtime. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const log: MethodSpec = { effect: { kind: "log" }, returns: "void" };

export default library({
  id: "console",
  packages: ["global", "node:console"],
  exports: { console: { value: "console" }, Console: { class: "console" } },
  types: {
    console: {
      members: names<MethodSpec>("log info warn error debug trace table dir group groupEnd time timeEnd timeLog assert count", log),
    },
  },
});
