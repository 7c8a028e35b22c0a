/** asyncio: what waits together, what lets only some run at a time, and what another thread does. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

/** The work goes on by itself; who keeps the task may wait for it. */
const task: MethodSpec = { returns: { type: "Task" }, starts: true };

export default library({
  id: "python-asyncio",
  language: "python",
  packages: ["asyncio"],
  exports: {
    sleep: { value: "Sleep" },
    gather: { value: "Gather" },
    to_thread: { value: "ToThread" },
    create_task: { value: "Start" },
    ensure_future: { value: "Start" },
    ...names("get_event_loop get_running_loop new_event_loop", { value: "GetLoop" }),
    TaskGroup: { class: "Group" },
    Semaphore: { class: "Semaphore" },
    BoundedSemaphore: { class: "Semaphore" },
    Lock: { class: "Lock" },
    ...names("wait_for shield", { value: "Waits" }),
    run: { value: "Waits" },
  },
  types: {
    Sleep: { call: { effect: { kind: "sleep" }, returns: "void", promise: true } },
    Gather: { call: { joins: true } },
    ToThread: { call: { callbacks: [{ arg: 0, runs: "once", params: [], thread: true }], returns: "callback", promise: true } },
    Start: { call: task },
    Waits: { call: { returns: { argument: 0 } } },
    GetLoop: { call: { returns: { type: "Loop" } } },
    Loop: {
      members: {
        run_in_executor: { callbacks: [{ arg: 1, runs: "once", params: [], thread: true }], returns: "callback", promise: true },
        create_task: task,
        run_until_complete: { returns: { argument: 0 } },
        ...names("time is_running close stop run_forever call_soon call_later call_soon_threadsafe", { returns: "value" }),
      },
    },
    // The group keeps its tasks and waits for them.
    Group: { members: { create_task: { returns: { type: "Task" } } } },
    Task: { members: names("add_done_callback cancel done result exception cancelled get_name set_name", { returns: "value" }) },
    Semaphore: {
      limits: true,
      members: {
        acquire: { holding: "begins", returns: "value", promise: true },
        release: { holding: "ends", returns: "value" },
        locked: { returns: "value" },
      },
    },
    Lock: {
      members: { acquire: { effect: { kind: "lock" }, returns: "value", promise: true }, ...names("release locked", { returns: "value" }) },
    },
  },
});
