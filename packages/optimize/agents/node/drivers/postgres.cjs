"use strict";
/**
 * postgres (postgres.js), as a module and as CommonJS. A query is an object that asks when it is first waited for: its place is where it was made, its
 * request the one that waits, and its text and parameters are put together when it is sent.
 */
const clock = require("../clock.cjs");
const { attempt, begin, end, siteNow, statementOf } = require("../spans.cjs");
const { createLate, whenAnswered } = require("../late.cjs");
const { replace } = require("../modules.cjs");
const { cleaned } = require("../stacks.cjs");
const { bound } = require("../scope.cjs");
const { tryTo } = require("../writer.cjs");

const kind = "postgres";
/** Where each query was made. @type {WeakMap<object, import("../site.cjs").CallSite>} */
const made = new WeakMap();
/** Of those that a library made when nothing of the program was on the stack (Drizzle). @type {WeakMap<object, import("../late.cjs").Late>} */
const late = new WeakMap();
const patched = new WeakSet();

/** @param {any} exports */
function patchQuery({ Query }) {
  const Base = Object.getPrototypeOf(Query ?? null);
  if (typeof Base !== "function" || patched.has(Query)) return;
  patched.add(Query);
  // The class is a constant of its module; what it calls first is not.
  Object.setPrototypeOf(
    Query,
    new Proxy(Base, {
      construct: function observed(target, args, self) {
        const query = Reflect.construct(target, args, self);
        const site = attempt(() => siteNow(observed));
        if (site !== undefined) made.set(query, site);
        return query;
      },
    }),
  );
  replace(Query.prototype, "then", waitedFor);
  replace(
    Query.prototype,
    "handle",
    (original) =>
      function (...args) {
        // Without a way to call it off it is the driver's own: it asks for the types of a new connection.
        if (this.executed === false && typeof this.canceller === "function") tryTo(() => follow(this));
        return Reflect.apply(original, this, args);
      },
  );
}

/** @param {(...args: any[]) => any} original @returns {(this: any, ...args: any[]) => any} */
function waitedFor(original) {
  return function (...args) {
    if (made.get(this)?.id !== 0 || late.has(this) || this.executed !== false) return Reflect.apply(original, this, args);
    const known = createLate();
    late.set(this, known);
    const answer = new Promise((resolve, reject) => void Reflect.apply(original, this, [resolve, reject]));
    return whenAnswered(answer, known).then(...args);
  };
}

/** @param {any} query */
function follow(query) {
  const begun = clock.micros();
  const site = made.get(query);
  const inScope = bound((/** @type {() => void} */ work) => work());
  let isRecorded = false;
  const record = (/** @type {unknown} */ rows, /** @type {boolean} */ failed) =>
    inScope(() =>
      tryTo(() => {
        if (isRecorded || typeof query.string !== "string") return;
        isRecorded = true;
        const span = begin(statementOf(kind, query.string, "plain"), query.parameters ?? [], record, site, late.get(query));
        span.begun = begun;
        end(span, rows, failed);
      }),
    );
  before(query, "resolve", (result) => record(Array.isArray(result) && result.length > 0 ? result : result?.count, false));
  before(query, "reject", (error) => {
    record(0, true);
    cleaned(error);
  });
  // A cursor puts other functions there for each page: it counts as far as its first one.
  if (typeof query.cursorFn === "function") before(query, "cursorFn", () => record(undefined, false));
}

/** Others may put functions of their own around ours, and we around theirs. @param {any} query @param {string} name @param {(value: any) => void} work */
function before(query, name, work) {
  const original = query[name];
  query[name] = (/** @type {unknown[]} */ ...args) => {
    work(args[0]);
    return Reflect.apply(original, query, args);
  };
}

module.exports = {
  hooks: [{ name: "postgres", file: /^(?:cjs\/)?src\/query\.js$/, patch: patchQuery }],
  sources: [{ name: "postgres", file: /^src\/query\.js$/, holds: ["Query"] }],
};
