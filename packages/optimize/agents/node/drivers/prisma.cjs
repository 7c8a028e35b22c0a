"use strict";
/**
 * Prisma. A call only makes a promise that asks when it is waited for, where no stack leads back to the call any more; the client remembers the place of
 * the call for its own messages.
 */
const { dirname, sep } = require("node:path");
const { places } = require("../scope.cjs");
const { leaveOut, siteAt } = require("../site.cjs");
const { anywhere, replace } = require("../modules.cjs");
const { tryTo } = require("../writer.cjs");

/** Clients are generated, with their runtime, to wherever the program wants them. @param {any} exports @param {string} path */
function patchRuntime(exports, path) {
  const { getPrismaClient } = exports;
  if (typeof getPrismaClient !== "function") return undefined;
  // Generated code is no code of the program's.
  if (!/[\\/]node_modules[\\/]/.test(path)) leaveOut(dirname(dirname(path)) + sep);
  /** @param {unknown[]} args */
  const patched = (...args) => {
    const client = getPrismaClient(...args);
    tryTo(() => patchClient(client));
    return client;
  };
  // What a bundle exports cannot be redefined.
  return new Proxy(exports, {
    get: (target, name, receiver) => (name === "getPrismaClient" ? patched : Reflect.get(target, name, receiver)),
  });
}

/** @param {any} client */
function patchClient(client) {
  replace(
    client?.prototype,
    "_request",
    (original) =>
      function (request, ...rest) {
        const site = placeOf(request?.callsite);
        const run = () => Reflect.apply(original, this, [request, ...rest]);
        return site === undefined ? run() : places.run(site, run);
      },
  );
}

/** @param {any} callsite */
function placeOf(callsite) {
  /** @type {import("../site.cjs").CallSite | undefined} */
  let site;
  tryTo(() => {
    const { fileName, lineNumber, columnNumber } = callsite?.getLocation?.() ?? {};
    if (typeof fileName === "string" && typeof lineNumber === "number") site = siteAt(fileName, lineNumber, columnNumber ?? 0);
  });
  return site;
}

module.exports = {
  hooks: [{ name: anywhere, file: /[\\/]runtime[\\/](?:client|library|binary|wasm-compiler-edge)\.js$/, patch: patchRuntime }],
};
