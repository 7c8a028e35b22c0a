"use strict";
/**
 * One file of lines of JSON a thread. Appended by path: a descriptor that is kept could be closed by the program and its number given to one of
 * its own files. What cannot be written waits, up to a bound; the program never notices.
 */
const { openSync, writeSync, closeSync, mkdirSync } = require("node:fs");
const { join } = require("node:path");
const { threadId } = require("node:worker_threads");
const { randomBytes } = require("node:crypto");
const clock = require("./clock.cjs");
const { settings } = require("./settings.cjs");

const mostWaiting = 8 << 20;
const soon = 256 << 10;
const every = 250;

const folder = settings?.out ?? "";
const base = join(folder, `${process.pid}-${threadId}-${randomBytes(3).toString("hex")}`);
const state = { waiting: /** @type {string[]} */ ([]), bytes: 0, lost: 0, torn: false, through: false, spent: 0 };

/** @param {unknown} record */
const write = (record) => writeLine(JSON.stringify(record));

/** @param {string} line a record as JSON */
function writeLine(line) {
  if (state.bytes > mostWaiting) {
    state.lost += 1;
    return;
  }
  state.waiting.push(line);
  state.bytes += line.length;
  if (state.through || state.bytes > soon) flush();
}

function flush() {
  if (state.waiting.length === 0) return;
  const begun = clock.micros();
  // After a write that failed half-way the next one begins a line of its own.
  const text = `${state.torn ? "\n" : ""}${state.waiting.join("\n")}\n`;
  if (writeFile(`${base}.ndjson`, text, "a")) {
    state.waiting = [];
    state.bytes = 0;
    state.torn = false;
  } else state.torn = true;
  state.spent += clock.micros() - begun;
}

/**
 * @param {string} path
 * @param {string} text
 * @param {"a" | "w"} flag
 */
function writeFile(path, text, flag) {
  let file = -1;
  try {
    file = openSync(path, flag, 0o600);
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT" && folder !== "")
      tryTo(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
    return false;
  } finally {
    if (file >= 0) tryTo(() => closeSync(file));
  }
}

/** @param {() => void} work */
function tryTo(work) {
  try {
    work();
  } catch {
    // Observing must not disturb: what cannot be done is left out.
  }
}

/** Writes from now and then on; the timer keeps no process alive. */
function start() {
  clock.setInterval(flush, every).unref();
}

/** From here on every record is written at once: the process may end at any moment. */
function writeThrough() {
  state.through = true;
  flush();
}

/** A file beside the records: `<base><suffix>`. @param {string} suffix @param {string} text */
const writeBeside = (suffix, text) => writeFile(base + suffix, text, "w");

module.exports = { write, writeLine, flush, start, writeThrough, writeBeside, tryTo, state };
