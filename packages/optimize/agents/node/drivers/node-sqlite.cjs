"use strict";
/**
 * Node's own SQLite. `import` of it passes by every hook, so that it is changed before the program begins. Loading it says on stderr that it is
 * experimental: that is held back until the program uses it.
 */
const { isBuiltin } = require("node:module");
const { replace } = require("../modules.cjs");
const { withoutUs } = require("../stacks.cjs");
const { patchExec, patchStatement } = require("./sqlite.cjs");

const kind = "node:sqlite";
/** @type {WeakMap<object, string>} */
const texts = new WeakMap();

function start() {
  if (!isBuiltin(kind)) return;
  /** @type {any[][]} */
  const held = [];
  const { emitWarning } = process;
  let sqlite;
  try {
    process.emitWarning = /** @type {any} */ ((/** @type {any[]} */ ...args) => void held.push(args));
    sqlite = require(kind);
  } finally {
    process.emitWarning = emitWarning;
  }
  const say = () => {
    for (const args of held.splice(0)) Reflect.apply(process.emitWarning, process, args);
  };
  const prototype = sqlite.DatabaseSync?.prototype;
  replace(
    prototype,
    "prepare",
    (original) =>
      function (sql, ...rest) {
        say();
        const statement = withoutUs(() => Reflect.apply(original, this, [sql, ...rest]));
        texts.set(statement, String(sql));
        return statement;
      },
  );
  patchStatement(kind, sqlite.StatementSync?.prototype, (one) => texts.get(one) ?? "");
  patchExec(kind, prototype, say);
}

module.exports = { start };
