"use strict";
/**
 * A program without a handler is ended by a signal before it can write anything. A listener of our own writes, steps aside and sends the signal
 * again. It is hidden: libraries count listeners to find out whether somebody else takes care of a signal.
 */
const { readFileSync } = require("node:fs");

const watched = /** @type {const} */ ([
  ["SIGINT", 2],
  ["SIGTERM", 15],
]);

/** @param {() => void} finish */
function start(finish) {
  if (process.platform === "win32") return;
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
    process.on(signal, listener);
  }
  for (const name of /** @type {const} */ (["listeners", "rawListeners"])) {
    const original = process[name];
    hide(name, (/** @type {string | symbol} */ event) =>
      Reflect.apply(original, process, [event]).filter((/** @type {Function} */ one) => one !== own.get(event)),
    );
  }
  const count = process.listenerCount;
  hide("listenerCount", (/** @type {string | symbol} */ event, /** @type {Function | undefined} */ listener) => {
    const all = Reflect.apply(count, process, listener === undefined ? [event] : [event, listener]);
    const hidden = own.get(event);
    return hidden !== undefined && listener === undefined && hasOwn(event, hidden) ? all - 1 : all;
  });
}

const all = process.rawListeners;

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
