"use strict";
/** What the two SQLite libraries have in common: prepared statements that answer at once. */
const { attempt, begin, end, statementOf } = require("../spans.cjs");
const { replace } = require("../modules.cjs");
const { cleaned, withoutUs } = require("../stacks.cjs");

/** @type {WeakMap<object, import("../spans.cjs").Statement>} */
const statements = new WeakMap();
/** The statement that runs: one method of a library may call another of it. @type {unknown} */
let running;

/**
 * @param {string} kind
 * @param {any} prototype
 * @param {(statement: any) => string} textOf
 */
function patchStatement(kind, prototype, textOf) {
  /** @param {any} prepared */
  const known = (prepared) => {
    let statement = statements.get(prepared);
    if (statement === undefined) {
      statement = statementOf(kind, textOf(prepared), "sqlite");
      statements.set(prepared, statement);
    }
    return statement;
  };
  for (const name of ["run", "get", "all", "iterate"])
    replace(
      prototype,
      name,
      (original) =>
        function observed(...args) {
          if (running === this) return Reflect.apply(original, this, args);
          const span = attempt(() => begin(known(this), flat(args), observed));
          const before = running;
          running = this;
          let result;
          try {
            result = Reflect.apply(original, this, args);
          } catch (error) {
            end(span, 0, true);
            throw cleaned(error);
          } finally {
            running = before;
          }
          attempt(() => end(span, rowsOf(name, result)));
          return result;
        },
    );
}

/** @param {string} name @param {any} result */
function rowsOf(name, result) {
  if (name === "all") return result;
  if (name === "get") return result === undefined || result === null ? 0 : [result];
  if (name === "run") return Number(result?.changes ?? 0);
  return undefined;
}

/** Named parameters come as one object. @param {readonly unknown[]} args @returns {readonly unknown[]} */
function flat(args) {
  if (args.every((value) => typeof value !== "object")) return args;
  return args.flatMap((value) => {
    if (Array.isArray(value)) return value;
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [value];
    return Object.values(value);
  });
}

/** @param {string} kind @param {any} prototype @param {() => void} [first] what is to happen before */
function patchExec(kind, prototype, first = () => {}) {
  replace(
    prototype,
    "exec",
    (original) =>
      function observed(sql, ...rest) {
        first();
        const span = attempt(() => begin(statementOf(kind, String(sql), "sqlite"), [], observed));
        try {
          return withoutUs(() => Reflect.apply(original, this, [sql, ...rest]));
        } finally {
          end(span, undefined);
        }
      },
  );
}

module.exports = { patchStatement, patchExec };
