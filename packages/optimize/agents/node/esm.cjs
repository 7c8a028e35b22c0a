"use strict";
/**
 * Drivers that come as modules of ECMAScript, which no loader of CommonJS meets. A line behind the source of a few of their files hands over what stands
 * in them; nothing that a module exports is wrapped, and other hooks of the loader see the file as it is, before or after us. The loader is only asked
 * where such a driver is installed: before Node 22.15 its hooks are a thread.
 */
const { existsSync, realpathSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join } = require("node:path");
const { told } = require("./told.cjs");
const { tryTo } = require("./writer.cjs");

/** @typedef {{ name: string, file: RegExp, holds: readonly string[] }} Source `file`: the path inside the package; `holds`: names at its top level */

const channel = Symbol.for("optimize.loaded");

/** @param {readonly Source[]} sources @param {(path: string, exports: object) => void} loaded */
function start(sources, loaded) {
  const here = sources.filter(({ name }) => isInstalled(name));
  if (here.length === 0) return;
  Reflect.defineProperty(globalThis, channel, {
    value: (/** @type {string} */ path, /** @type {object} */ exports) => tryTo(() => loaded(path, exports)),
  });
  const { register, registerHooks } = /** @type {any} */ (Module);
  if (typeof registerHooks === "function")
    registerHooks({
      load: (/** @type {string} */ url, /** @type {object} */ context, /** @type {Function} */ next) => told(url, next(url, context), here),
    });
  else if (typeof register === "function") register(`data:text/javascript,${encodeURIComponent(hooks(here))}`);
}

/** The module of hooks for a thread of their own, in which nothing of ours is loaded. @param {readonly Source[]} here */
const hooks = (
  here,
) => `const sources = [${here.map(({ name, file, holds }) => `{ name: ${JSON.stringify(name)}, file: ${String(file)}, holds: ${JSON.stringify(holds)} }`).join()}];
${String(told)}
export const load = async (url, context, next) => told(url, await next(url, context), sources);`;

/** In a folder above the program or the one in which it was started. @param {string} name */
function isInstalled(name) {
  const [, main] = process.argv;
  const starts = [process.cwd(), ...(main === undefined ? [] : [main, realOf(main)])];
  return starts.some((start) => {
    for (let folder = start; ; folder = dirname(folder)) {
      if (existsSync(join(folder, "node_modules", name))) return true;
      if (folder === dirname(folder)) return false;
    }
  });
}

/** @param {string} path */
function realOf(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

module.exports = { start };
