"use strict";
/** libsql for files on this machine, by the interface of better-sqlite3; @libsql/client stands on it. What goes to a server goes by fetch. */
const { replace } = require("../modules.cjs");
const { withoutUs } = require("../stacks.cjs");
const { patchExec, patchStatement } = require("./sqlite.cjs");

const kind = "libsql";
/** @type {WeakMap<object, string>} */
const texts = new WeakMap();

/** @param {any} Database */
function patch(Database) {
  replace(
    Database?.prototype,
    "prepare",
    (original) =>
      function (sql, ...rest) {
        const statement = withoutUs(() => Reflect.apply(original, this, [sql, ...rest]));
        texts.set(statement, String(sql));
        patchStatement(kind, Object.getPrototypeOf(statement), (one) => texts.get(one) ?? "");
        return statement;
      },
  );
  patchExec(kind, Database?.prototype);
}

module.exports = { hooks: [{ name: "libsql", file: /^index\.js$/, patch }] };
