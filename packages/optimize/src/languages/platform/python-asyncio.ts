/** asyncio: what waits, and what lets only some run at a time. `gather` is the runtime's own, as `Promise.all` is. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

export default library({
  id: "python-asyncio",
  language: "python",
  packages: ["asyncio"],
  exports: {
    sleep: { value: "Sleep" },
    to_thread: { value: "ToThread" },
    Semaphore: { class: "Semaphore" },
    BoundedSemaphore: { class: "Semaphore" },
    Lock: { class: "Lock" },
  },
  types: {
    Sleep: { call: { effect: { kind: "sleep" }, returns: "void", promise: true } },
    ToThread: { call: { callbacks: [{ arg: 0, runs: "once", params: [] }], returns: "callback", promise: true } },
    Semaphore: { members: { acquire: { returns: "value", promise: true }, ...names("release locked", { returns: "value" }) } },
    Lock: {
      members: { acquire: { effect: { kind: "lock" }, returns: "value", promise: true }, ...names("release locked", { returns: "value" }) },
    },
  },
});
