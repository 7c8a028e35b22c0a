"use strict";
const { replace } = require("../modules.cjs");
const { withoutUs } = require("../stacks.cjs");
const { patchExec, patchStatement } = require("./sqlite.cjs");

const kind = "better-sqlite3";

/** The class of statements is the addon's own: it is met with the first one. @param {any} Database */
function patch(Database) {
  replace(
    Database?.prototype,
    "prepare",
    (original) =>
      function (...args) {
        const statement = withoutUs(() => Reflect.apply(original, this, args));
        patchStatement(kind, Object.getPrototypeOf(statement), (one) => String(one.source));
        return statement;
      },
  );
  patchExec(kind, Database?.prototype);
}

module.exports = { hooks: [{ name: "better-sqlite3", file: /^lib\/database\.js$/, patch }] };
