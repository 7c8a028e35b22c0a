"use strict";
/**
 * CPU profile at 1 ms, in pieces that are written as they end: a program that is killed loses the last piece only,
 * and one that runs for days does not keep them. V8 lets go of a profile's memory when none is running. The session stays connected: one that
 * had the profiler enabled and goes ends precise coverage for the whole thread, and with it what NODE_V8_COVERAGE and c8 report.
 */
const { readFileSync } = require("node:fs");
const inspector = require("node:inspector");
const { fileURLToPath, pathToFileURL } = require("node:url");
const { stringify } = require("./builtins.cjs");
const clock = require("./clock.cjs");
const { settings } = require("./settings.cjs");
const { define, writeBeside, tryTo, state } = require("./writer.cjs");

const interval = 1000;
const firstPiece = 5000;
const longestPiece = 15_000;

/** @type {import("node:inspector").Session | undefined} */
let session;
let pieces = 0;
let stopped = false;

function start() {
  if (settings?.cpu !== true) return;
  begin();
  let length = firstPiece;
  const next = () => {
    if (stopped) return;
    tryTo(() => {
      end(false);
      begin();
    });
    length = Math.min(longestPiece, length * 2);
    clock.setTimeout(next, length).unref();
  };
  clock.setTimeout(next, length).unref();
}

function begin() {
  if (session === undefined) {
    session = new inspector.Session();
    session.connect();
    session.post("Profiler.enable");
    session.post("Profiler.setSamplingInterval", { interval });
    if (settings?.heap === true) session.post("HeapProfiler.startSampling", allocations);
  }
  session.post("Profiler.start");
}

/** @param {boolean} last */
function end(last) {
  const current = session;
  if (current === undefined) return;
  const begun = clock.cpu();
  pieces += 1;
  current.post("Profiler.stop", (error, result) => {
    if (error !== null) return;
    // Code that is its own address: there is no file to tell of.
    for (const { callFrame } of result.profile.nodes) if (callFrame.url.startsWith("data:")) callFrame.url = "data:";
    writeBeside(`.${pieces}.cpuprofile`, stringify(result.profile));
  });
  if (last) sourceMaps(current);
  if (settings?.heap === true) heap(current);
  state.spent += clock.cpu() - begun;
}

/** What was collected again counts: it is what keeps the collector busy. */
const allocations = { samplingInterval: 32768, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };

/** @param {any} head */
function withoutCode(head) {
  const open = [head];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (one.callFrame.url.startsWith("data:")) one.callFrame.url = "data:";
    open.push(...one.children);
  }
}

/** So far: each time in the same file. @param {import("node:inspector").Session} current */
function heap(current) {
  current.post("HeapProfiler.getSamplingProfile", (error, result) => {
    if (error !== null) return;
    withoutCode(result.profile.head);
    writeBeside(".heapprofile", stringify({ head: result.profile.head }));
  });
}

/** What was compiled in memory carries its map in itself: test runners and loaders leave nothing on the disk to read later. @param {import("node:inspector").Session} current */
function sourceMaps(current) {
  current.on("Debugger.scriptParsed", ({ params }) => {
    const { url, sourceMapURL } = params;
    if (typeof sourceMapURL !== "string" || sourceMapURL === "" || /[\\/]node_modules[\\/]/.test(url)) return;
    if (sourceMapURL.startsWith("data:")) noteMap(url, sourceMapURL);
    else if (settings?.handedOver === true) tryTo(() => noteText(url, readFileSync(besides(url, sourceMapURL), "utf8")));
  });
  current.post("Debugger.enable");
  // Not disabled again, which would throw away the counts of blocks before Node writes its coverage; no `debugger` statement stops it either.
  current.post("Debugger.setSkipAllPauses", { skip: true });
}

/** @type {Map<string, number>} */
const noted = new Map();

/** @param {string} file path or URL @param {string} url a data: URL */
function noteMap(file, url) {
  // One text for a file: the last one that was compiled is the one that ran last.
  if (noted.get(file) === url.length) return;
  noted.set(file, url.length);
  tryTo(() => {
    const comma = url.indexOf(",");
    const text = url.slice(0, comma).includes("base64")
      ? Buffer.from(url.slice(comma + 1), "base64").toString()
      : decodeURIComponent(url.slice(comma + 1));
    noteText(file, text);
  });
}

/** @param {string} file @param {string} text a source map */
function noteText(file, text) {
  const { sources, sourceRoot, mappings, names } = JSON.parse(text);
  define(["map", file, { version: 3, sources, sourceRoot, mappings, names }]);
}

/** Whoever reads the records does not have the files that were built inside of a container. @param {string} script @param {string} map its name there */
function besides(script, map) {
  return fileURLToPath(new URL(map, script.startsWith("file:") ? script : pathToFileURL(script)));
}

/** Stops for good; synchronous, so that it works while the process ends. */
function stop() {
  if (stopped) return;
  stopped = true;
  tryTo(() => end(true));
}

module.exports = { start, stop, noteMap };
