"use strict";
/**
 * Sees libraries as they are loaded, by their path below node_modules: through Node's own loader (which `import` of CommonJS reaches too) and through
 * Jest, which has a registry of its own for each test file; drivers that are modules of ECMAScript tell it themselves (esm.cjs).
 */
const Module = require("node:module");
const { withoutUs } = require("./stacks.cjs");
const { tryTo } = require("./writer.cjs");

/**
 * @typedef {(exports: any, path: string) => unknown} Patch changes what a module exports in place, or gives what is exported instead
 * @typedef {{ name: string, file: RegExp, patch: Patch }} Hook `name`: the package; `file`: the path inside it
 */

/** @type {Map<string, Hook[]>} */
const hooks = new Map();
const seen = new Set();
const mark = Symbol("optimize");
/** Name of hooks for files that are generated to anywhere; `file` is matched with the whole path. */
const anywhere = "*";

/** @param {readonly Hook[]} list */
function add(list) {
  for (const hook of list) hooks.set(hook.name, [...(hooks.get(hook.name) ?? []), hook]);
}

const inPackage = /^(?:.*[\\/])node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/](.*)$/s;

/** @param {string} path @param {{ exports: any }} unit */
function loaded(path, unit) {
  for (const hook of hooks.get(anywhere) ?? []) if (hook.file.test(path)) apply(hook, path, unit);
  const match = inPackage.exec(path);
  if (match === null) return;
  const name = (match[1] ?? "").replace("\\", "/");
  const file = (match[2] ?? "").replaceAll("\\", "/");
  for (const hook of hooks.get(name) ?? [])
    if (hook.file.test(file)) {
      seen.add(name);
      apply(hook, path, unit);
    }
}

/** @param {Hook} hook @param {string} path @param {{ exports: any }} unit */
function apply(hook, path, unit) {
  const { exports } = unit;
  if (exports === null || (typeof exports !== "object" && typeof exports !== "function")) return;
  tryTo(() => {
    const instead = hook.patch(exports, path);
    if (instead !== undefined) unit.exports = instead;
  });
}

/**
 * A module says of itself when it is loaded (`module.loaded = true`), whichever loader of CommonJS made it: listening there leaves no frame of ours in
 * the stacks of what modules do while they are loaded.
 */
function start() {
  Object.defineProperty(Module.prototype, "loaded", {
    configurable: true,
    enumerable: false,
    get: () => undefined,
    set(value) {
      if (value === false) announce(this);
      else own(this, value);
    },
  });
  add([{ name: "jest-runtime", file: /^build\/index\.js$/, patch: patchJest }]);
}

/** What was loaded before us: classes are changed in place, so that their instances are seen too. */
function lookBack() {
  for (const unit of Object.values(/** @type {any} */ (Module)._cache)) tryTo(() => loaded(String(unit?.filename), unit));
}

/** @param {any} unit @param {unknown} value */
const own = (unit, value) => Object.defineProperty(unit, "loaded", { configurable: true, enumerable: true, writable: true, value });

/** @param {any} unit */
function announce(unit) {
  Object.defineProperty(unit, "loaded", {
    configurable: true,
    enumerable: true,
    get: () => false,
    set(value) {
      own(unit, value);
      if (value === true) tryTo(() => loaded(String(unit.filename), unit));
    },
  });
}

/** @param {any} exports */
function patchJest(exports) {
  const prototype = (exports.default ?? exports)?.prototype;
  replace(
    prototype,
    "_execModule",
    (original) =>
      function (/** @type {any} */ module, /** @type {any[]} */ ...rest) {
        const result = withoutUs(() => Reflect.apply(original, this, [module, ...rest]));
        if (typeof module?.filename === "string") tryTo(() => loaded(module.filename, module));
        return result;
      },
  );
}

/**
 * Replaces a method once; name, length and own properties stay.
 * @param {any} target
 * @param {string | symbol} name
 * @param {(original: (...args: any[]) => any) => (this: any, ...args: any[]) => any} wrap
 */
function replace(target, name, wrap) {
  const original = target?.[name];
  if (typeof original !== "function" || original[mark] === true) return;
  const wrapped = wrap(original);
  for (const key of Reflect.ownKeys(original)) {
    if (key === "prototype") continue;
    const descriptor = Reflect.getOwnPropertyDescriptor(original, key);
    if (descriptor !== undefined) tryTo(() => Reflect.defineProperty(wrapped, key, descriptor));
  }
  if (original.prototype !== undefined) tryTo(() => Reflect.set(wrapped, "prototype", original.prototype));
  Reflect.defineProperty(wrapped, mark, { value: true });
  const descriptor = Reflect.getOwnPropertyDescriptor(target, name);
  Reflect.defineProperty(target, name, {
    configurable: true,
    enumerable: descriptor?.enumerable ?? false,
    writable: true,
    value: wrapped,
  });
}

module.exports = { add, start, loaded, lookBack, replace, seen, anywhere };
