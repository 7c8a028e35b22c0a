/** Other threads: executors, and what the frameworks offer to run a function in one. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

function inThread(arg: number): CallbackSpec {
  return { arg, runs: "once", params: [], thread: true };
}

const awaited: MethodSpec = { callbacks: [inThread(0)], returns: "callback", promise: true };

export default library({
  id: "python-threads",
  language: "python",
  packages: ["concurrent.futures", "threading", "starlette.concurrency", "fastapi.concurrency", "anyio.to_thread", "anyio", "asgiref.sync"],
  exports: {
    ...names("ThreadPoolExecutor ProcessPoolExecutor", { class: "Executor" }),
    Thread: { class: "Thread" },
    run_in_threadpool: { value: "Run" },
    run_sync: { value: "Run" },
    to_thread: { value: "ToThread" },
    sync_to_async: { value: "Adapt" },
    async_to_sync: { value: "Same" },
  },
  types: {
    Run: { call: awaited },
    ToThread: { members: { run_sync: awaited } },
    Adapt: { call: { wraps: 0, threaded: true } },
    Same: { call: { returns: { argument: 0 } } },
    Executor: {
      members: {
        submit: { callbacks: [inThread(0)], returns: "value" },
        map: {
          callbacks: [{ arg: 0, runs: "each", over: 1, params: ["element"], thread: true }],
          returns: "list-of-callback",
          concurrency: "limited",
        },
        shutdown: { returns: "void" },
      },
    },
    Thread: { members: names("start join", { returns: "value" }) },
  },
});
