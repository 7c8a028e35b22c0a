"use strict";
/** Frames of ours in the stacks of the program's errors: they are taken out of what comes by. */
const { tryTo } = require("./writer.cjs");

/** A frame of ours, with those of Node that carry the scope around it. */
const ours = (/** @type {string} */ line) => line.includes(__dirname) && /^\s+at /.test(line);
const carrying = /^\s+at (?:AsyncLocalStorage\.(?:run|exit)|AsyncResource\.runInAsyncScope|Reflect\.apply) \(/;

/** The same error. @template T @param {T} error @returns {T} */
function cleaned(error) {
  tryTo(() => {
    if (!(error instanceof Error)) return;
    const descriptor = Object.getOwnPropertyDescriptor(error, "stack");
    const { stack } = error;
    if (typeof stack !== "string" || !stack.includes(__dirname)) return;
    const lines = stack.split("\n");
    const left = lines.filter((line, index) => !ours(line) && !(carrying.test(line) && isBesideOurs(lines, index)));
    Object.defineProperty(error, "stack", {
      configurable: true,
      enumerable: descriptor?.enumerable ?? false,
      writable: true,
      value: left.join("\n"),
    });
  });
  return error;
}

/** @param {readonly string[]} lines @param {number} index */
const isBesideOurs = (lines, index) => [lines[index - 1], lines[index + 1]].some((line) => line !== undefined && ours(line));

/** What is thrown has no frame of ours. @template T @param {() => T} work @returns {T} */
function withoutUs(work) {
  try {
    return work();
  } catch (error) {
    throw cleaned(error);
  }
}

module.exports = { cleaned, withoutUs };
