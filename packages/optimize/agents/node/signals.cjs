"use strict";
/**
 * A program without a handler is ended by a signal before it can write anything. A listener of our own writes, steps aside and sends the signal
 * again. It is hidden: libraries count listeners to find out whether somebody else takes care of a signal.
 */
const { readFileSync } = require("node:fs");
const clock = require("./clock.cjs");
const { tryTo } = require("./writer.cjs");

const watched = /** @type {const} */ ([
  ["SIGINT", 2],
  ["SIGTERM", 15],
]);

/**
 * From the first turn of the event loop: a program that computes in one go would not notice a signal that somebody listens to, and could not be
 * ended by it any more.
 * @param {() => void} finish
 */
function start(finish) {
  if (process.platform !== "win32") clock.setTimeout(() => tryTo(() => listen(finish)), 0).unref();
}

/** @param {() => void} finish */
function listen(finish) {
  const ignored = ignoredSignals();
  /** @type {Map<string | symbol, Function>} */
  const own = new Map();
  for (const [signal, number] of watched) {
    // Ignored by whoever started it (a shell's background job): a listener would end that.
    if ((ignored >> BigInt(number - 1)) & 1n) continue;
    const listener = () => {
      if (process.listenerCount(signal) > 0) return;
      process.removeListener(signal, listener);
      finish();
      process.kill(process.pid, signal);
    };
    own.set(signal, listener);
    process.prependListener(signal, listener);
  }
  for (const name of /** @type {const} */ (["listeners", "rawListeners"])) {
    const original = process[name];
    hide(name, (/** @type {string | symbol} */ event) =>
      Reflect.apply(original, process, [event]).filter((/** @type {Function} */ one) => one !== own.get(event)),
    );
  }
  // Ours stays the first: who comes before us may be gone when we look whether anybody was there.
  for (const name of /** @type {const} */ (["prependListener", "prependOnceListener"])) {
    const original = process[name];
    hide(name, (/** @type {string | symbol} */ event, /** @type {Function} */ listener) => {
      Reflect.apply(original, process, [event, listener]);
      const hidden = own.get(event);
      if (hidden === undefined || !hasOwn(event, hidden)) return process;
      process.removeListener(event, /** @type {() => void} */ (hidden));
      return Reflect.apply(prepend, process, [event, hidden]);
    });
  }
  const count = process.listenerCount;
  hide("listenerCount", (/** @type {string | symbol} */ event, /** @type {Function | undefined} */ listener) => {
    const all = Reflect.apply(count, process, listener === undefined ? [event] : [event, listener]);
    const hidden = own.get(event);
    return hidden !== undefined && listener === undefined && hasOwn(event, hidden) ? all - 1 : all;
  });
}

const { rawListeners: all, prependListener: prepend } = process;

/** @param {string | symbol} event @param {Function} listener */
function hasOwn(event, listener) {
  return Reflect.apply(all, process, [event]).includes(listener);
}

/** @param {string} name @param {Function} value */
function hide(name, value) {
  Reflect.defineProperty(process, name, { configurable: true, enumerable: false, writable: true, value });
}

/** A bit for each signal that the process ignored when it began; 0 where nobody says. */
function ignoredSignals() {
  try {
    return BigInt(`0x${/^SigIgn:\s*([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0"}`);
  } catch {
    return 0n;
  }
}

module.exports = { start };
