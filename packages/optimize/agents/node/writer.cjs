"use strict";
/**
 * One file of lines of JSON a thread. Appended by path: a descriptor that is kept could be closed by the program and its number given to one of
 * its own files. What cannot be written waits, up to a bound; the program never notices.
 */
const { openSync, writeSync, closeSync, fstatSync, mkdirSync } = require("node:fs");
const { join } = require("node:path");
const { threadId } = require("node:worker_threads");
const { randomBytes } = require("node:crypto");
const { stringify } = require("./builtins.cjs");
const clock = require("./clock.cjs");
const { settings } = require("./settings.cjs");

const mostWaiting = 8 << 20;
const soon = 256 << 10;
/** Lines that become bytes together: texts that wait for longer are copied by the collector again and again. */
const together = 64;
const every = 250;

const folder = settings?.out ?? "";
const mode = settings?.handedOver === true ? 0o644 : 0o600;
const base = join(folder, `${process.pid}-${threadId}-${randomBytes(3).toString("hex")}`);
/** Characters of what later records speak of, kept in case that their file is removed. */
const mostDefined = 4 << 20;
const defined = { lines: /** @type {string[]} */ ([]), size: 0, written: false };
/** The newest lines, and those before them as bytes. */
const waiting = { lines: /** @type {string[]} */ ([]), packed: /** @type {Buffer[]} */ ([]) };
const state = { bytes: 0, lost: 0, torn: false, stuck: false, through: false, off: false, spent: 0 };

/** @param {unknown} record */
const write = (record) => writeLine(stringify(record));

/** A record that others speak of: it is written again at the beginning of a new file when the program removes the one that we write. @param {unknown} record */
function define(record) {
  const line = stringify(record);
  if (defined.size < mostDefined) {
    defined.lines.push(line);
    defined.size += line.length;
  }
  writeLine(line);
}

/** @param {string} line a record as JSON */
function writeLine(line) {
  if (state.off) return;
  if (state.bytes > mostWaiting) {
    state.lost += 1;
    return;
  }
  waiting.lines.push(line);
  state.bytes += line.length;
  if (waiting.lines.length >= together) pack();
  // On a full disk only the timer tries again: not every record.
  if (!state.stuck && (state.through || state.bytes > soon)) flush();
}

function pack() {
  if (waiting.lines.length === 0) return;
  waiting.packed.push(Buffer.from(`${waiting.lines.join("\n")}\n`));
  waiting.lines = [];
}

const newLine = Buffer.from("\n");

function flush() {
  pack();
  if (waiting.packed.length === 0) return;
  const begun = clock.cpu();
  // After a write that failed half-way the next one begins a line of its own.
  const bytes = Buffer.concat(state.torn ? [newLine, ...waiting.packed] : waiting.packed);
  const done = writeFile(`${base}.ndjson`, bytes, "a");
  state.stuck = done < bytes.length;
  if (state.stuck) keepRest(bytes, done);
  else {
    waiting.packed = [];
    state.bytes = 0;
    state.torn = false;
  }
  state.spent += clock.cpu() - begun;
}

/** Whole lines that arrived are not written a second time. @param {Buffer} bytes @param {number} done */
function keepRest(bytes, done) {
  if (done === 0) return;
  const rest = bytes.subarray(bytes.lastIndexOf(10, done - 1) + 1);
  waiting.packed = [rest];
  state.bytes = rest.length;
  state.torn = bytes[done - 1] !== 10;
}

/**
 * How many bytes arrived.
 * @param {string} path
 * @param {Buffer} bytes
 * @param {"a" | "w"} flag
 */
function writeFile(path, bytes, flag) {
  let file = -1;
  let done = 0;
  try {
    file = openSync(path, flag, mode);
    if (flag === "a") again(file);
    while (done < bytes.length) done += writeSync(file, bytes, done);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT" && folder !== "")
      tryTo(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  } finally {
    if (file >= 0) tryTo(() => closeSync(file));
  }
  return done;
}

/** A file that is empty again was removed; what was recorded in it is lost, and that is said. @param {number} file */
function again(file) {
  const isNew = fstatSync(file).size === 0;
  if (isNew && defined.written && defined.lines.length > 0) writeSync(file, `${defined.lines.join("\n")}\n["removed"]\n`);
  defined.written = true;
}

/** @param {() => void} work */
function tryTo(work) {
  try {
    work();
  } catch {
    // Observing must not disturb: what cannot be done is left out.
  }
}

/** @type {NodeJS.Timeout | undefined} */
let timer;

/** Writes from now and then on; the timer keeps no process alive. */
function start() {
  timer = clock.setInterval(() => tryTo(flush), every).unref();
}

/** Nothing is recorded any more. */
function stop() {
  clock.clearInterval(timer);
  flush();
  state.off = true;
}

/** From here on every record is written at once: the process may end at any moment. */
function writeThrough() {
  state.through = true;
  flush();
}

/** A file beside the records: `<base><suffix>`. @param {string} suffix @param {string} text */
const writeBeside = (suffix, text) => void writeFile(base + suffix, Buffer.from(text), "w");

module.exports = { write, define, writeLine, flush, start, stop, writeThrough, writeBeside, tryTo, state };
