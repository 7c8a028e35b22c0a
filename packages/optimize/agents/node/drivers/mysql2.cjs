"use strict";
/** mysql2, whose promises go through the same connections and pools. As with node-postgres, place and request are those of the call that came in. */
const { attempt, begin, end, siteOfText, statementOf } = require("../spans.cjs");
const { createHandover } = require("../handover.cjs");
const { replace } = require("../modules.cjs");
const { cleaned, withoutUs } = require("../stacks.cjs");
const { bound } = require("../scope.cjs");

const kind = "mysql2";
/** @type {ReturnType<typeof createHandover<import("../site.cjs").CallSite>>} */
const handover = createHandover();

/** @param {any} sql */
const textOf = (sql) => (typeof sql === "string" ? sql : sql?.sql);

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
          return handover.during(siteOfText(kind, textOf(args[0]), "backslash", observed), () => Reflect.apply(original, this, args));
        },
    );
  handover.patchConnect(prototype, "getConnection", fullOf);
}

/** @param {any} pool */
function fullOf({ config, _allConnections: all, _freeConnections: free }) {
  const size = Number(config?.connectionLimit);
  // Without a limit it is 0.
  return size > 0 && free?.length === 0 && all?.length >= size ? { library: kind, size } : undefined;
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
          const text = textOf(sql);
          if (typeof text !== "string") return withoutUs(() => Reflect.apply(original, this, [sql, values, callback, ...rest]));
          const given = attempt(() => valuesOf(typeof values === "function" ? undefined : values, sql)) ?? [];
          const from = handover.take();
          const span = attempt(() => begin(statementOf(kind, text, "backslash"), given, observed, from));
          const args = [sql, values, callback, ...rest].map((one) => (typeof one === "function" ? bound(one) : one));
          const command = withoutUs(() => Reflect.apply(original, this, args));
          const answer = command?.onResult;
          if (typeof answer === "function")
            command.onResult = (/** @type {any} */ error, /** @type {any} */ rows, /** @type {unknown[]} */ ...others) => {
              end(span, rowsOf(rows), error !== null && error !== undefined);
              return answer(cleaned(error), rows, ...others);
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
