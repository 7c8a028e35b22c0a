/** Mutexes and semaphores: the callback runs alone, or at most so many at once. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";

const run: MethodSpec = {
  effect: { kind: "lock" },
  callbacks: [{ arg: 0, runs: "once" }],
  concurrency: "limited",
  returns: "callback",
  promise: true,
};
const acquire: MethodSpec = { effect: { kind: "lock" }, returns: "value", promise: true };

export default library({
  id: "async-mutex",
  packages: ["async-mutex", "async-sema"],
  exports: { Mutex: { class: "Mutex" }, Semaphore: { class: "Mutex" }, Sema: { class: "Mutex" } },
  types: { Mutex: { members: { runExclusive: run, acquire, release: { returns: "void" }, waitForUnlock: acquire } } },
});
