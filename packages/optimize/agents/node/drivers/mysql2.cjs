"use strict";
/** mysql2, whose promises go through the same connections and pools. As with node-postgres, place and request are those of the call that came in. */
const { attempt, begin, end, siteNow, statementOf } = require("../spans.cjs");
const { replace } = require("../modules.cjs");
const { bound } = require("../scope.cjs");

const kind = "mysql2";
/** @type {import("../site.cjs").CallSite | undefined} */
let asking;
/** @type {import("../site.cjs").CallSite | undefined} */
let carried;

/** @param {any} exports */
function patchPool(exports) {
  const prototype = (exports?.default ?? exports)?.prototype;
  for (const name of ["query", "execute"])
    replace(
      prototype,
      name,
      (original) =>
        function observed(...args) {
          const last = args.at(-1);
          if (typeof last === "function") args[args.length - 1] = bound(last);
          const before = asking;
          asking = siteNow(observed);
          try {
            return Reflect.apply(original, this, args);
          } finally {
            asking = before;
          }
        },
    );
  replace(
    prototype,
    "getConnection",
    (original) =>
      function (callback, ...rest) {
        if (typeof callback !== "function") return Reflect.apply(original, this, [callback, ...rest]);
        const site = asking;
        asking = undefined;
        const inScope = bound((/** @type {unknown[]} */ ...answer) => {
          const before = carried;
          carried = site;
          try {
            return callback(...answer);
          } finally {
            carried = before;
          }
        });
        return Reflect.apply(original, this, [inScope, ...rest]);
      },
  );
}

/** @param {any} exports */
function patchConnection(exports) {
  const prototype = (exports?.default ?? exports)?.prototype;
  for (const name of ["query", "execute"])
    replace(
      prototype,
      name,
      (original) =>
        function observed(sql, values, callback, ...rest) {
          const text = typeof sql === "string" ? sql : sql?.sql;
          if (typeof text !== "string") return Reflect.apply(original, this, [sql, values, callback, ...rest]);
          const given = attempt(() => valuesOf(typeof values === "function" ? undefined : values, sql)) ?? [];
          const from = carried;
          const span = attempt(() => begin(statementOf(kind, text, "backslash"), given, observed, from));
          carried = undefined;
          const args = [sql, values, callback, ...rest].map((one) => (typeof one === "function" ? bound(one) : one));
          const command = Reflect.apply(original, this, args);
          const answer = command?.onResult;
          if (typeof answer === "function")
            command.onResult = (/** @type {any} */ error, /** @type {any} */ rows, /** @type {unknown[]} */ ...others) => {
              end(span, rowsOf(rows), error !== null && error !== undefined);
              return answer(error, rows, ...others);
            };
          command?.once?.("end", () => end(span, undefined));
          return command;
        },
    );
}

/** @param {any} values @param {any} sql @returns {readonly unknown[]} */
function valuesOf(values, sql) {
  const given = values ?? (typeof sql === "object" ? sql?.values : undefined);
  if (given === undefined || given === null) return [];
  if (Array.isArray(given)) return given;
  return typeof given === "object" ? Object.values(given) : [given];
}

/** @param {any} rows */
const rowsOf = (rows) => (Array.isArray(rows) ? rows : Number(rows?.affectedRows ?? 0));

module.exports = {
  hooks: [
    { name: "mysql2", file: /^lib\/(?:base\/)?connection\.js$/, patch: patchConnection },
    { name: "mysql2", file: /^lib\/(?:base\/)?pool\.js$/, patch: patchPool },
  ],
};
