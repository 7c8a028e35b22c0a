"use strict";
/**
 * Places of calls that are made while nothing of the program is on the stack: `await` of an object with a `then` of its own (Drizzle's queries) calls it
 * from the queue of microtasks. When the answer comes, the functions that wait for it are known again: the place is taken then, and what is recorded
 * waits for it.
 */
const { siteOf } = require("./site.cjs");
const { cleaned } = require("./stacks.cjs");
const { tryTo } = require("./writer.cjs");

/** @typedef {{ site: import("./site.cjs").CallSite | undefined, done: boolean, waiting: (() => void)[] }} Late */

/** @type {Set<Late>} */
const open = new Set();

/** @returns {Late} */
function createLate() {
  const late = { site: undefined, done: false, waiting: [] };
  open.add(late);
  return late;
}

/** Records what waited, with or without a place. @param {Late} late */
function release(late) {
  if (late.done) return;
  late.done = true;
  open.delete(late);
  for (const work of late.waiting) tryTo(work);
  late.waiting = [];
}

const releaseAll = () => {
  for (const late of open) release(late);
};

/**
 * The same answer, handed on by a function that can see who waits for it.
 * @template T
 * @param {Promise<T>} answer
 * @param {Late} late
 * @returns {Promise<T>}
 */
async function whenAnswered(answer, late) {
  try {
    return await answer;
  } catch (error) {
    throw cleaned(error);
  } finally {
    tryTo(() => locate(late));
  }
}

/** @param {Late} late */
function locate(late) {
  const site = siteOf(locate);
  if (site.id !== 0) late.site = site;
  release(late);
}

module.exports = { createLate, release, releaseAll, whenAnswered };
