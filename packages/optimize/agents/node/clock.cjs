"use strict";
/** Time, taken before a test's fake timers can replace it. Microseconds since the process began to count, as CPU profiles do. */
const now = performance.now.bind(performance);
const hrtime = process.hrtime.bigint;

/** What has to be added to `micros()` to get the monotonic clock that profiles and other processes of this machine use. */
const offset = Number(hrtime() / 1000n) - now() * 1000;

/** @returns {number} */
const micros = () => now() * 1000;

module.exports = {
  micros,
  offset,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
};
