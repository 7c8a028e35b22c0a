"use strict";
/** Starts the parts in their order, and ends them with the process. */
const inspector = require("node:inspector");
const { isAbsolute } = require("node:path");
const { isMainThread, threadId } = require("node:worker_threads");
const { cpuUsage, resourceUsage } = require("./builtins.cjs");
const clock = require("./clock.cjs");
const { settings } = require("./settings.cjs");
const writer = require("./writer.cjs");
const modules = require("./modules.cjs");
const esm = require("./esm.cjs");
const requests = require("./requests.cjs");
const spans = require("./spans.cjs");
const groups = require("./groups.cjs");
const late = require("./late.cjs");
const profile = require("./profile.cjs");
const compiled = require("./compiled.cjs");
const vitals = require("./vitals.cjs");
const signals = require("./signals.cjs");
const threads = require("./threads.cjs");
const { program } = require("./scope.cjs");
const { drivers } = require("./drivers/index.cjs");

/** @param {boolean} isStarter @param {string} agent the file that was preloaded */
function observe(isStarter, agent) {
  const begun = cpuUsage();
  writer.define([
    "process",
    {
      pid: process.pid,
      ppid: process.ppid,
      thread: threadId,
      node: process.versions.node,
      platform: process.platform,
      arch: process.arch,
      cwd: cwd(),
      // With `-e` it is no program but whatever the user handed over.
      argv: process.argv.slice(1, 2).filter((one) => isAbsolute(one)),
      offset: Math.round(clock.offset),
      starter: isStarter,
      agent: __dirname,
    },
  ]);
  // Known from its first moment, however soon it is killed.
  writer.flush();
  let ended = false;
  const finish = () => {
    if (ended) return;
    ended = true;
    writer.tryTo(() => {
      late.releaseAll();
      requests.leaveAll();
      groups.closeAll(program);
    });
    // Before the profile, which takes longer than some wait for a process before they kill it (Vitest: half a second).
    writer.tryTo(writer.flush);
    profile.stop();
    writer.tryTo(() => {
      const used = cpuUsage(begun);
      writer.write([
        "end",
        {
          at: Math.round(clock.micros()),
          cpu: used.user + used.system,
          rss: resourceUsage().maxRSS * 1024,
          spans: spans.state.spans,
          requests: requests.state.requests,
          own: Math.round(spans.state.own + writer.state.spent),
          lost: writer.state.lost,
          drivers: [...modules.seen],
        },
      ]);
    });
    writer.tryTo(writer.writeThrough);
  };
  writer.start();
  process.on("exit", finish);
  if (isMainThread) signals.start(finish);
  writer.tryTo(() => {
    threads.start(finish);
    threads.follow(agent);
  });
  const stop = () => {
    clock.clearInterval(watching);
    finish();
    writer.stop();
    vitals.stop();
    // Who is connected goes first: closing waits for it.
    clock.setTimeout(() => writer.tryTo(() => inspector.close()), 200).unref();
  };
  const { attachedBy } = settings ?? {};
  const watching =
    attachedBy === undefined
      ? undefined
      : clock
          .setInterval(() => {
            if (!isThere(attachedBy)) Reflect.get(globalThis, Symbol.for("optimize.agent")).stop();
          }, 2000)
          .unref();
  if (isStarter) return stop;
  if (settings?.spans === true) {
    compiled.start();
    modules.start();
    requests.start();
    for (const driver of drivers)
      writer.tryTo(() => {
        driver.start?.();
        modules.add(driver.hooks ?? []);
      });
    writer.tryTo(() =>
      esm.start(
        drivers.flatMap(({ sources = [] }) => sources),
        (path, exports) => modules.loaded(path, { exports }),
      ),
    );
    if (attachedBy !== undefined) modules.lookBack();
    require("node:module").syncBuiltinESMExports();
  }
  vitals.start();
  profile.start();
  return stop;
}

/** @param {number} pid */
function isThere(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function cwd() {
  try {
    return process.cwd();
  } catch {
    return "";
  }
}

module.exports = { observe };
