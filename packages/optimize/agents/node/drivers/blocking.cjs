"use strict";
/** Calls of Node that block, while a request is answered: files, processes, keys and compression. Loading modules is not meant. */
const { attempt } = require("../spans.cjs");
const { isNodeOwn, nowhere, siteOf } = require("../site.cjs");
const { storage } = require("../scope.cjs");
const { replace } = require("../modules.cjs");
const { withoutUs } = require("../stacks.cjs");
const { write } = require("../writer.cjs");
const clock = require("../clock.cjs");

const modules = ["fs", "child_process", "crypto", "zlib"];
/** Cheap by nature. */
const left = new Set(["existsSync", "randomFillSync", "createHash", "hkdfSync"]);
/** One call of the program is often several of Node's own. */
let inside = false;

function start() {
  for (const name of modules) {
    const library = require(`node:${name}`);
    for (const key of Object.keys(library))
      if (key.endsWith("Sync") && !left.has(key) && typeof library[key] === "function")
        replace(
          library,
          key,
          (original) =>
            function observed(...args) {
              const scope = inside ? undefined : storage.getStore();
              if (scope === undefined || isNodeOwn(observed)) return withoutUs(() => Reflect.apply(original, this, args));
              const site = attempt(() => siteOf(observed)) ?? nowhere;
              if (site.id === 0) return withoutUs(() => Reflect.apply(original, this, args));
              inside = true;
              const begun = clock.micros();
              try {
                return withoutUs(() => Reflect.apply(original, this, args));
              } finally {
                inside = false;
                write(["sync", Math.round(begun), Math.round(clock.micros() - begun), scope.id, site.id, `${name}.${key}`]);
              }
            },
        );
  }
}

module.exports = { start };
