"use strict";
/** What is known of a call of a pool, handed to the connection that the pool gets for it: in between lies a queue. */
const { replace } = require("./modules.cjs");
const { bound } = require("./scope.cjs");

/**
 * @template T
 * @returns {{ during: (known: T, run: () => unknown) => unknown, take: () => T | undefined, patchConnect: (prototype: any, name: string) => void }}
 */
function createHandover() {
  /** Of the call whose connection is being asked for, while that happens. @type {T | undefined} */
  let asking;
  /** Of the one that runs in the callback. @type {T | undefined} */
  let carried;
  return {
    during(known, run) {
      const before = asking;
      asking = known;
      try {
        return run();
      } finally {
        asking = before;
      }
    },
    take() {
      const from = carried;
      carried = undefined;
      return from;
    },
    patchConnect(prototype, name) {
      replace(
        prototype,
        name,
        (original) =>
          function (callback, ...rest) {
            if (typeof callback !== "function") return Reflect.apply(original, this, [callback, ...rest]);
            const known = asking;
            asking = undefined;
            const inScope = bound((/** @type {unknown[]} */ ...answer) => {
              const before = carried;
              carried = known;
              try {
                return callback(...answer);
              } finally {
                carried = before;
              }
            });
            return Reflect.apply(original, this, [inScope, ...rest]);
          },
      );
    },
  };
}

module.exports = { createHandover };
