"use strict";
/** The MongoDB driver, which Mongoose uses too. Operations are seen where they come in, before they wait for a connection. */
const { attempt, begin, end, statementOf, rowsOf } = require("../spans.cjs");
const { add } = require("../groups.cjs");
const { replace } = require("../modules.cjs");
const { cleaned } = require("../stacks.cjs");
const { hiddenWord } = require("../words.cjs");
const { tryTo } = require("../writer.cjs");

const kind = "mongodb";
const own = new Set([
  "getMore",
  "endSessions",
  "hello",
  "ping",
  "killCursors",
  "commitTransaction",
  "abortTransaction",
  "listCollections",
  "createIndexes",
  "create",
]);
const deepest = 4;
/** Answer of a find to its span: cursors hand its documents out. @type {WeakMap<object, import("../spans.cjs").Span>} */
const answers = new WeakMap();
/** @type {WeakMap<object, unknown[]>} */
const handedOut = new WeakMap();

/** @param {any} exports */
function patchExecute(exports) {
  replace(
    exports,
    "executeOperation",
    (original) =>
      function observed(client, operation, ...rest) {
        const name = nameOf(operation);
        if (name === "" || own.has(name)) return Reflect.apply(original, this, [client, operation, ...rest]);
        const span = attempt(() => {
          const { text, values, many } = describe(operation);
          const statement = statementOf(kind, `${name} ${collectionOf(operation)}${text === "" ? "" : ` ${text}`}`, "clean");
          return begin(many ? { ...statement, batch: true } : statement, values, observed);
        });
        return Reflect.apply(original, this, [client, operation, ...rest]).then(
          (/** @type {any} */ result) => {
            tryTo(() => {
              if (span !== undefined && typeof result === "object" && result !== null) answers.set(result, span);
            });
            end(span, Array.isArray(result) ? result : undefined);
            return result;
          },
          (/** @type {unknown} */ error) => {
            end(span, 0, true);
            throw cleaned(error);
          },
        );
      },
  );
}

/** "find" of FindOperation; older drivers have no command name. @param {any} operation */
function nameOf(operation) {
  const given = operation?.commandName;
  if (typeof given === "string") return given;
  const name = String(operation?.constructor?.name ?? "").replace(/Operation$/, "");
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** @param {any} operation */
function collectionOf(operation) {
  const collection = operation?.ns?.collection ?? operation?.collectionName ?? operation?.s?.namespace?.collection;
  return typeof collection === "string" ? collection : "?";
}

/** The form of what is asked for, its values, and whether it is a list of them. @param {any} operation */
function describe(operation) {
  /** @type {unknown[]} */
  const values = [];
  const state = { many: false };
  const asked = operation?.filter ?? operation?.query ?? operation?.pipeline ?? operation?.statements ?? operation?.documents;
  if (Array.isArray(operation?.documents ?? operation?.statements) && (operation.documents ?? operation.statements).length > 1)
    state.many = true;
  return { text: asked === undefined ? "" : form(asked, values, state, 0), values, many: state.many };
}

/** @param {any} value @param {unknown[]} values @param {{ many: boolean }} state @param {number} depth @returns {string} */
function form(value, values, state, depth) {
  if (Array.isArray(value)) {
    const plain = value.every((one) => typeof one !== "object" || one === null || typeof one.toHexString === "function");
    if (!plain && depth < deepest)
      return `[${[...new Set(value.slice(0, 20).map((one) => form(one, values, state, depth + 1)))].join(", ")}]`;
    if (value.length > 1) state.many = true;
    else values.push(...value);
    return "[?]";
  }
  if (
    typeof value !== "object" ||
    value === null ||
    value instanceof Date ||
    value instanceof RegExp ||
    typeof value.toHexString === "function" ||
    "_bsontype" in value
  ) {
    values.push(value);
    return "?";
  }
  if (depth >= deepest) return "{…}";
  return `{${Object.keys(value)
    .slice(0, 30)
    .map((key) => `${nameOfField(key)}: ${form(value[key], values, state, depth + 1)}`)
    .join(", ")}}`;
}

/** Operators are MongoDB's; a field may be named by a customer, where documents are used as maps. @param {string} key */
const nameOfField = (key) =>
  key
    .split(".")
    .map((part) => (/^\$|^_id$/.test(part) ? part : /^\d+$/.test(part) ? "?" : hiddenWord(part)))
    .join(".");

/** @param {any} exports */
function patchCursor(exports) {
  const prototype = exports?.AbstractCursor?.prototype;
  replace(
    prototype,
    "next",
    (original) =>
      function (...args) {
        return Reflect.apply(original, this, args).then((/** @type {unknown} */ document) => {
          if (document !== null && document !== undefined) tryTo(() => handOut(this, [document], false));
          return document;
        });
      },
  );
  replace(
    prototype,
    "toArray",
    (original) =>
      function (...args) {
        return Reflect.apply(original, this, args).then((/** @type {unknown[]} */ documents) => {
          tryTo(() => handOut(this, documents, true));
          return documents;
        });
      },
  );
}

/** Documents come one by one; what a loop has seen of them is what it may ask for. @param {any} cursor @param {readonly unknown[]} documents @param {boolean} all */
function handOut(cursor, documents, all) {
  let rows = handedOut.get(cursor);
  if (rows === undefined) {
    const span = answers.get(cursor.documents);
    if (span === undefined) return;
    rows = rowsOf(span);
    handedOut.set(cursor, rows);
  }
  if (all) rows.length = 0;
  for (const document of documents) add(rows, document);
}

module.exports = {
  hooks: [
    { name: "mongodb", file: /^lib\/operations\/execute_operation\.js$/, patch: patchExecute },
    { name: "mongodb", file: /^lib\/cursor\/abstract_cursor\.js$/, patch: patchCursor },
  ],
};
