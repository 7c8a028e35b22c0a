"use strict";
/**
 * Worker threads that are ended from outside (`worker.terminate()`, as test runners do) run no code of their own any more: they are asked for their last
 * records first, for as long as a thread needs that answers at all.
 */
const threads = require("node:worker_threads");
const clock = require("./clock.cjs");
const { replace } = require("./modules.cjs");
const { tryTo } = require("./writer.cjs");

const key = "optimize.threads";
const most = 1024;
/** States of a thread: nobody answers there, somebody does, it is asked, it is at it, it has answered. */
const [present, asked, busy, done] = [1, 2, 3, 4];
/** Milliseconds. A thread that computes without end does not notice; one that has noticed takes a while for its profile on a machine that has much to do. */
const look = 5;
const patience = 200;
const untilDone = 5000;

/** Whether a thread is to end, by its number; seen by all threads of the process. @returns {Int32Array} */
function flags() {
  const known = threads.getEnvironmentData(key);
  if (known instanceof SharedArrayBuffer) return new Int32Array(known);
  const shared = new SharedArrayBuffer(4 * most);
  threads.setEnvironmentData(key, shared);
  return new Int32Array(shared);
}

/** @param {() => void} finish */
function start(finish) {
  const all = flags();
  const own = threads.threadId % most;
  if (!threads.isMainThread) {
    Atomics.store(all, own, present);
    const timer = clock.setInterval(() => {
      if (Atomics.load(all, own) !== asked) return;
      clock.clearInterval(timer);
      Atomics.store(all, own, busy);
      tryTo(finish);
      Atomics.store(all, own, done);
    }, look);
    timer.unref();
  }
  replace(
    threads.Worker.prototype,
    "terminate",
    (original) =>
      function (...args) {
        const index = Number(this.threadId) % most;
        if (!(this.threadId > 0) || Atomics.compareExchange(all, index, present, asked) !== present)
          return Reflect.apply(original, this, args);
        return new Promise((resolve, reject) => {
          const begun = clock.micros();
          const again = () => {
            const state = Atomics.load(all, index);
            const until = begun + (state === busy ? untilDone : patience) * 1000;
            // It may have ended by itself meanwhile.
            if (state !== done && this.threadId > 0 && clock.micros() < until) return void clock.setTimeout(again, 1);
            Atomics.store(all, index, 0);
            Reflect.apply(original, this, args).then(resolve, reject);
          };
          again();
        });
      },
  );
}

/** A worker that is given options of its own gets the agent with them. @param {string} agent */
function follow(agent) {
  const original = threads.Worker;
  Reflect.set(
    threads,
    "Worker",
    new Proxy(original, {
      construct(target, [file, options, ...rest], newTarget) {
        const given = Array.isArray(options?.execArgv) ? { ...options, execArgv: ["--require", agent, ...options.execArgv] } : options;
        return Reflect.construct(target, [file, given, ...rest], newTarget);
      },
    }),
  );
}

module.exports = { start, follow };
