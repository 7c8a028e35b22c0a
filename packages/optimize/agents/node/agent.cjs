"use strict";
/**
 * Loaded before a program that is observed (`--require`). No dependency, Node >= 18; says nothing on its streams, throws nothing into it, keeps it
 * neither alive nor from ending. What goes wrong here costs the observation and nothing else.
 */
const threads = require("node:worker_threads");
const { settings, isStarter } = require("./settings.cjs");

const loaded = Symbol.for("optimize.agent");

/** The thread in which Node runs hooks of its loader: nobody's program. */
const isLoader =
  !threads.isMainThread &&
  (threads.parentPort === null ||
    /** @type {{ isInternalThread?: boolean }} */ (/** @type {unknown} */ (threads)).isInternalThread === true);

if (settings !== undefined && !isLoader && !(loaded in globalThis)) {
  const known = { state: "", stop: () => {} };
  Reflect.defineProperty(globalThis, loaded, { value: known });
  try {
    const stop = require("./observe.cjs").observe(isStarter, __filename);
    known.state = "observing";
    // Whoever attached it to a running program ends it before the program ends.
    known.stop = () => {
      known.state = "stopped";
      stop();
    };
  } catch {
    // Not observed; the command says that a process left nothing.
  }
}
