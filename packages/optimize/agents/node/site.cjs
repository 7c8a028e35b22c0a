"use strict";
/** Where in the user's code a call came from: the frames that are no library's, innermost first. */
const { fileURLToPath } = require("node:url");
const { define } = require("./writer.cjs");

const own = __dirname;
const shallow = 4;
const deep = 50;
const kept = 6;

/**
 * @typedef {{ id: number, place: number, frames: readonly number[] }} CallSite `place`: the innermost frame of the user's; `frames`: all of them from it
 * on, 0 where a library stood between two
 */

/** @type {Map<string, { user: boolean, name: string, frames: Map<number, number> }>} */
const files = new Map();
/** @type {Map<string, CallSite>} */
const sites = new Map();
/** Prefixes of stacks that were seen, with the whole site when it was always the same. @type {Map<string, CallSite | null>} */
const prefixes = new Map();
const mostPrefixes = 20_000;
/** @type {CallSite} */
const nowhere = { id: 0, place: 0, frames: [] };
let lastFrame = 0;
let lastSite = 0;

/** Folders of generated code. @type {string[]} */
const left = [];

/** Frames below this folder are nobody's from now on. @param {string} folder */
function leaveOut(folder) {
  left.push(folder);
}

/** @param {string | null | undefined} name */
function fileOf(name) {
  const key = name ?? "";
  let file = files.get(key);
  if (file === undefined) {
    const path = key.startsWith("file:") ? pathOf(key) : key;
    const user =
      /^(?:\/|[A-Za-z]:[\\/])/.test(path) &&
      !/[\\/]node_modules[\\/]/.test(path) &&
      !/[\\/]\.yarn[\\/]/.test(path) &&
      !path.startsWith(own) &&
      !left.some((folder) => path.startsWith(folder));
    file = { user, name: path, frames: new Map() };
    files.set(key, file);
  }
  return file;
}

/** @param {string} url */
function pathOf(url) {
  try {
    // Vitest and others put a query behind the path.
    return fileURLToPath(url.replace(/[?#].*$/, ""));
  } catch {
    return url;
  }
}

/** @param {Error} _ @param {NodeJS.CallSite[]} calls */
const asCalls = (_, calls) => calls;

/** @param {number} limit @param {Function} below @returns {NodeJS.CallSite[]} */
function stack(limit, below) {
  const { stackTraceLimit, prepareStackTrace } = Error;
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = asCalls;
    const holder = /** @type {{ stack?: NodeJS.CallSite[] }} */ ({});
    Error.captureStackTrace(holder, below);
    const calls = holder.stack;
    return Array.isArray(calls) ? calls : [];
  } catch {
    // Frozen intrinsics: there is no call site then.
    return [];
  } finally {
    try {
      Error.stackTraceLimit = stackTraceLimit;
      Error.prepareStackTrace = prepareStackTrace;
    } catch {
      // As above.
    }
  }
}

/**
 * The place of the call that led into `below`, a function on the stack. Unless it has to be exact, a stack that begins like one before is taken for it.
 * @param {Function} below
 * @param {boolean} [exactly]
 * @returns {CallSite}
 */
function siteOf(below, exactly = true) {
  const top = stack(exactly ? deep : shallow, below);
  let key = "";
  let users = 0;
  for (const call of top.length > shallow ? top.slice(0, shallow) : top) {
    const file = fileOf(call.getFileName());
    key += `${frameOf(file, call)}.`;
    if (file.user) users += 1;
  }
  const known = prefixes.get(key);
  if (!exactly && top.length === shallow) {
    // Without a frame of the user's it could be anybody's.
    if (known && users > 0) return known;
    return siteOf(below, true);
  }
  const site = siteFrom(top);
  if (prefixes.size > mostPrefixes) prefixes.clear();
  if (known === undefined) prefixes.set(key, site);
  else if (known !== site) prefixes.set(key, null);
  return site;
}

/** @param {NodeJS.CallSite[]} calls @returns {CallSite} */
function siteFrom(calls) {
  /** @type {number[]} */
  const ids = [];
  let [users, between] = [0, false];
  for (const call of calls) {
    const name = call.getFileName();
    const file = fileOf(name);
    if (!file.user) {
      // Builtins like `map` have no file: what they call is the caller's own.
      between ||= users > 0 && typeof name === "string" && !name.startsWith("node:");
      continue;
    }
    const id = frameOf(file, call);
    if (ids.at(-1) === id) continue;
    if (between) ids.push(0);
    between = false;
    ids.push(id);
    users += 1;
    if (users === kept) break;
  }
  return siteOfFrames(ids);
}

/** @param {number[]} ids @returns {CallSite} */
function siteOfFrames(ids) {
  if (ids.length === 0) return nowhere;
  const key = ids.join();
  let site = sites.get(key);
  if (site === undefined) {
    site = { id: ++lastSite, place: ids[0] ?? 0, frames: ids };
    sites.set(key, site);
    define(["site", site.id, ids]);
  }
  return site;
}

/** @param {{ user: boolean, name: string, frames: Map<number, number> }} file @param {NodeJS.CallSite} call */
function frameOf(file, call) {
  const position = /** @type {NodeJS.CallSite & { getPosition?: () => number }} */ (call).getPosition?.() ?? -1;
  let id = file.frames.get(position);
  if (id === undefined) {
    id = ++lastFrame;
    file.frames.set(position, id);
    if (file.user)
      define([
        "frame",
        id,
        file.name,
        call.getLineNumber() ?? 0,
        call.getColumnNumber() ?? 0,
        call.getFunctionName() ?? call.getMethodName() ?? "",
        functionOf(id, file.name, call),
      ]);
  }
  return id;
}

/** Functions of the user's frames: where they begin. @type {Map<number, string>} */
const functions = new Map();

/** Two functions without a name are not the same one. @param {number} id @param {string} file @param {any} call */
function functionOf(id, file, call) {
  const begins = `${call.getEnclosingLineNumber?.()}:${call.getEnclosingColumnNumber?.()}`;
  functions.set(id, `${file}:${begins}`);
  return begins;
}

/**
 * Where something was made and where it was asked for later, when that is in another function: making it is what one would change.
 * @param {CallSite} made
 * @param {CallSite} asked
 */
function siteOfBoth(made, asked) {
  if (made.id === 0 || asked.id === 0) return asked.id === 0 ? made : asked;
  const maker = functions.get(made.place);
  return asked.frames.some((id) => functions.get(id) === maker) ? asked : siteOfFrames([made.place, ...asked.frames].slice(0, kept));
}

/** Whether the program itself calls `below`, and not a library that it waits for. @param {Function} below */
function isEntered(below) {
  const first = /** @type {any} */ (stack(deep, below).find((call) => fileOf(call.getFileName()).user));
  return first !== undefined && first.isAsync?.() !== true;
}

/** The site of a place that a library remembered. @param {string} name @param {number} line @param {number} column @returns {CallSite | undefined} */
function siteAt(name, line, column) {
  const file = fileOf(name);
  if (!file.user) return undefined;
  // Below the positions that V8 gives, which begin with 0.
  const position = -2 - line * 10_000 - column;
  let id = file.frames.get(position);
  if (id === undefined) {
    id = ++lastFrame;
    file.frames.set(position, id);
    define(["frame", id, file.name, line, column, ""]);
  }
  return siteOfFrames([id]);
}

/** Whether Node itself made the call: loading modules reads files too. @param {Function} below */
function isNodeOwn(below) {
  return stack(1, below)[0]?.getFileName()?.startsWith("node:") === true;
}

module.exports = { siteOf, siteOfBoth, siteAt, isEntered, leaveOut, isNodeOwn, nowhere };
