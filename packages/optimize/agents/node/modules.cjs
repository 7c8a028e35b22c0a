"use strict";
/**
 * Sees libraries as they are loaded, by their path below node_modules: through Node's own loader (which `import` of CommonJS reaches too) and through
 * Jest, which has a registry of its own for each test file. No hook of the ESM loader: wrapping what modules export breaks programs.
 */
const Module = require("node:module");
const { tryTo } = require("./writer.cjs");

/**
 * @typedef {(exports: any) => unknown} Patch changes what a module exports in place, or gives what is exported instead
 * @typedef {{ name: string, file: RegExp, patch: Patch }} Hook `name`: the package; `file`: the path inside it
 */

/** @type {Map<string, Hook[]>} */
const hooks = new Map();
const seen = new Set();
const mark = Symbol("optimize");

/** @param {readonly Hook[]} list */
function add(list) {
  for (const hook of list) hooks.set(hook.name, [...(hooks.get(hook.name) ?? []), hook]);
}

const inPackage = /^(?:.*[\\/])node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/](.*)$/s;

/** @param {string} path @param {{ exports: any }} unit */
function loaded(path, unit) {
  const match = inPackage.exec(path);
  if (match === null) return;
  const name = (match[1] ?? "").replace("\\", "/");
  const list = hooks.get(name);
  const { exports } = unit;
  if (list === undefined || exports === null || (typeof exports !== "object" && typeof exports !== "function")) return;
  const file = (match[2] ?? "").replaceAll("\\", "/");
  for (const hook of list) {
    if (!hook.file.test(file)) continue;
    seen.add(name);
    tryTo(() => {
      const instead = hook.patch(exports);
      if (instead !== undefined) unit.exports = instead;
    });
  }
}

function start() {
  const extensions = /** @type {Record<string, (module: NodeModule, path: string) => void>} */ (/** @type {any} */ (Module)._extensions);
  for (const extension of [".js", ".cjs"]) {
    const original = extensions[extension] ?? extensions[".js"];
    if (original === undefined) continue;
    extensions[extension] = function (module, path) {
      Reflect.apply(original, this, [module, path]);
      loaded(path, module);
    };
  }
  add([{ name: "jest-runtime", file: /^build\/index\.js$/, patch: patchJest }]);
}

/** @param {any} exports */
function patchJest(exports) {
  const prototype = (exports.default ?? exports)?.prototype;
  replace(
    prototype,
    "_execModule",
    (original) =>
      function (/** @type {any} */ module, /** @type {any[]} */ ...rest) {
        const result = Reflect.apply(original, this, [module, ...rest]);
        if (typeof module?.filename === "string") tryTo(() => loaded(module.filename, module));
        return result;
      },
  );
}

/**
 * Replaces a method once; name, length and own properties stay.
 * @param {any} target
 * @param {string} name
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

module.exports = { add, start, replace, seen };
