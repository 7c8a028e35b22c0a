"use strict";
/** Time, taken before a test's fake timers can replace it. Microseconds since the process began to count, as CPU profiles do. */
const { cpuUsage } = require("./builtins.cjs");

const now = performance.now.bind(performance);
const hrtime = process.hrtime.bigint;

/** What has to be added to `micros()` to get the monotonic clock that profiles and other processes of this machine use. */
const offset = Number(hrtime() / 1000n) - now() * 1000;

/** @returns {number} */
const micros = () => now() * 1000;

/** What the process computed so far: unlike `micros`, it stands still while the machine is busy with others. Microseconds; slow enough to be asked for rarely. */
const cpu = () => {
  const { user, system } = cpuUsage();
  return user + system;
};

module.exports = {
  micros,
  cpu,
  offset,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
};
