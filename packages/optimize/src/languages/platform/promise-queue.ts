/** p-queue: jobs that wait for a slot; `add` answers when its job is done. Without a number there is no limit. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const limit = { arg: 0, property: "concurrency", made: true } as const;
const add: MethodSpec = { callbacks: [{ arg: 0, runs: "once" }], concurrency: limit, returns: "callback", promise: true };

export default library({
  id: "promise-queue",
  packages: ["p-queue"],
  exports: { default: { class: "Queue" } },
  types: {
    Queue: {
      members: {
        add,
        addAll: { ...add, returns: "list-of-callback" },
        ...names("onIdle onEmpty onSizeLessThan", { returns: "void", promise: true }),
        ...names("start", { returns: "same" }),
        ...names("pause clear", { returns: "void" }),
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
      },
    },
  },
});
