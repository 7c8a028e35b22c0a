"use strict";
/** What is known of a call of a pool, handed to the connection that the pool gets for it: in between lies a queue. */
const clock = require("./clock.cjs");
const { replace } = require("./modules.cjs");
const { bound, scopeNow } = require("./scope.cjs");
const { attempt } = require("./spans.cjs");
const { tryTo, write } = require("./writer.cjs");

/** @typedef {{ library: string, size: number }} Full a pool whose connections are all taken, and by those who wait already */

/**
 * @template T
 * @returns {{ during: (known: T, run: () => unknown) => unknown, take: () => T | undefined, patchConnect: (prototype: any, name: string, fullOf: (pool: any) => Full | undefined) => void }}
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
    patchConnect(prototype, name, fullOf) {
      replace(
        prototype,
        name,
        (original) =>
          function (callback, ...rest) {
            if (typeof callback !== "function") return Reflect.apply(original, this, [callback, ...rest]);
            const known = asking;
            asking = undefined;
            const full = attempt(() => fullOf(this));
            const asked = clock.micros();
            const scope = scopeNow();
            const inScope = bound((/** @type {unknown[]} */ ...answer) => {
              if (full !== undefined) tryTo(() => noteWait(full, asked, scope.id));
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

/** @param {Full} full @param {number} asked @param {number} scope */
function noteWait({ library, size }, asked, scope) {
  write(["pool", Math.round(asked), Math.round(clock.micros() - asked), scope, library, size]);
}

module.exports = { createHandover };
