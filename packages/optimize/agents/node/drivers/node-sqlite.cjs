"use strict";
/** Node's own SQLite. It is loaded only when the program loads it: loading it says on stderr that it is experimental. */
const Module = require("node:module");
const { replace } = require("../modules.cjs");
const { tryTo } = require("../writer.cjs");
const { patchExec, patchStatement } = require("./sqlite.cjs");

const kind = "node:sqlite";
/** @type {WeakMap<object, string>} */
const texts = new WeakMap();
let done = false;

/** @param {any} sqlite */
function patch(sqlite) {
  if (done) return;
  done = true;
  const { DatabaseSync, StatementSync } = sqlite;
  replace(
    DatabaseSync?.prototype,
    "prepare",
    (original) =>
      function (sql, ...rest) {
        const statement = Reflect.apply(original, this, [sql, ...rest]);
        texts.set(statement, String(sql));
        return statement;
      },
  );
  patchStatement(kind, StatementSync?.prototype, (one) => texts.get(one) ?? "");
  patchExec(kind, DatabaseSync?.prototype);
}

function start() {
  const loader = /** @type {any} */ (Module);
  replace(
    loader,
    "_load",
    (original) =>
      function (request, ...rest) {
        const exports = Reflect.apply(original, this, [request, ...rest]);
        if (request === "node:sqlite") tryTo(() => patch(exports));
        return exports;
      },
  );
  replace(
    process,
    "getBuiltinModule",
    (original) =>
      function (name, ...rest) {
        const exports = Reflect.apply(original, this, [name, ...rest]);
        if (name === "node:sqlite" && exports !== undefined) tryTo(() => patch(exports));
        return exports;
      },
  );
}

module.exports = { start };
