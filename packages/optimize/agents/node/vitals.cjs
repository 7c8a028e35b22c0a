"use strict";
/** Once every 100 ms: event loop, memory, CPU; each pause of the garbage collector; each time the event loop stood still. */
const { PerformanceObserver, monitorEventLoopDelay, constants, performance: measured } = require("node:perf_hooks");
const { fstatSync, readdirSync } = require("node:fs");
const { cpuUsage, memoryUsage } = require("./builtins.cjs");
const clock = require("./clock.cjs");
const { write, tryTo } = require("./writer.cjs");

const every = 100;
const look = 20;
/** Milliseconds late from which it is a stall. */
const stall = 50;
const kinds = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, "major"],
  [constants.NODE_PERFORMANCE_GC_MINOR, "minor"],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, "incremental"],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, "weak"],
]);

/** @type {PerformanceObserver | undefined} */
let observer;

function start() {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let utilisation = measured.eventLoopUtilization();
  let cpu = cpuUsage();
  let expected = clock.micros() + look * 1000;
  let ticks = 0;
  timer = clock
    .setInterval(
      () =>
        tryTo(() => {
          const now = clock.micros();
          const late = (now - expected) / 1000;
          if (late >= stall) write(["stall", Math.round(expected), Math.round(late * 1000)]);
          expected = now + look * 1000;
          ticks += 1;
          if (ticks % (every / look) !== 0) return;
          const used = cpuUsage(cpu);
          const { rss, heapUsed, external } = memory();
          const elu = measured.eventLoopUtilization(utilisation);
          write([
            "tick",
            Math.round(now),
            rss,
            heapUsed,
            external,
            used.user + used.system,
            Number(elu.utilization.toFixed(3)),
            milliseconds(delay.percentile(50)),
            milliseconds(delay.max),
            ticks % 25 === 0 ? openFiles() : -1,
          ]);
          delay.reset();
          utilisation = measured.eventLoopUtilization();
          cpu = cpuUsage();
        }),
      look,
    )
    .unref();
  observer = new PerformanceObserver((list) => tryTo(() => list.getEntries().forEach(writePause)));
  observer.observe({ entryTypes: ["gc"] });
}

/** @param {import("node:perf_hooks").PerformanceEntry} entry */
function writePause(entry) {
  const { kind = -1 } = /** @type {{ detail?: { kind?: number } }} */ (entry).detail ?? {};
  write(["gc", Math.round(entry.startTime * 1000), Math.round(entry.duration * 1000), kinds.get(kind) ?? "other"]);
}

/** @type {NodeJS.Timeout | undefined} */
let timer;

function stop() {
  clock.clearInterval(timer);
  observer?.disconnect();
}

let known = { rss: 0, heapUsed: 0, external: 0 };

/**
 * As it was last known, once the program has closed one of its standard streams: `memoryUsage` opens a file, gets that number for it, and libuv ends
 * a process that closes such a number.
 */
function memory() {
  try {
    for (const stream of [0, 1, 2]) fstatSync(stream);
    known = memoryUsage();
  } catch {
    // As above.
  }
  return known;
}

/** The histogram counts from its own resolution. @param {number} nanoseconds */
const milliseconds = (nanoseconds) => Math.max(0, Math.round(nanoseconds / 1e4 - 1000) / 100);

function openFiles() {
  try {
    return readdirSync("/proc/self/fd").length - 1;
  } catch {
    return -1;
  }
}

module.exports = { start, stop };
