/** Event emitters: listeners run after the caller went on. */
import type { ExportSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const listen: MethodSpec = { callbacks: [{ arg: 1, runs: "later" }], returns: "same" };
const emitter: ExportSpec = { class: "Emitter" };

export default library({
  id: "node-events",
  packages: ["node:events", "eventemitter3", "eventemitter2", "events"],
  exports: { default: emitter, ...names("EventEmitter EventEmitter2 EventEmitter3", emitter), once: { value: "once" } },
  types: {
    once: { call: { returns: "value", promise: true } },
    Emitter: {
      members: {
        ...names("on once addListener prependListener prependOnceListener onAny", listen),
        ...names("off removeListener removeAllListeners setMaxListeners", { returns: "same" }),
        ...names("emit listenerCount listeners eventNames", { returns: "value" }),
      },
    },
  },
});
