"use strict";
/** Which request a piece of work belongs to, carried by AsyncLocalStorage; outside of requests it is the program itself. */
const { AsyncLocalStorage } = require("node:async_hooks");
const clock = require("./clock.cjs");
const { withoutUs } = require("./stacks.cjs");

/**
 * @typedef {{ stmt: number, site: number, place: number, rows: readonly unknown[], columns: Map<string | number, Set<unknown>> | undefined, upTo: number }} ResultSet
 * @typedef {{
 *   id: number, kind: "request" | "program", begun: number, method: string, path: string, route: string | undefined,
 *   groups: Map<number, import("./groups.cjs").Group> | undefined, sets: ResultSet[], spans: number, done: boolean, sent: number, trace: string, known: Map<string, string[]> | undefined, sites: Map<number, { site: import("./site.cjs").CallSite, same: number, n: number }> | undefined,
 *   name?: (() => string | undefined) | undefined,
 * }} Scope what a request may never need is made when it is needed
 */

/** @type {AsyncLocalStorage<Scope>} */
const storage = new AsyncLocalStorage();
/** Places at which libraries were entered that lose their caller on the way; none of them calls the program back from within. @type {AsyncLocalStorage<import("./site.cjs").CallSite>} */
const places = new AsyncLocalStorage();
/** Where the builder was made that is asked for now. @type {AsyncLocalStorage<import("./site.cjs").CallSite | undefined>} */
const makers = new AsyncLocalStorage();
let last = 0;

/** @param {"request" | "program"} kind @param {string} method @param {string} path @returns {Scope} */
function createScope(kind, method, path) {
  return {
    id: kind === "program" ? 0 : ++last,
    kind,
    begun: clock.micros(),
    method,
    path,
    route: undefined,
    groups: undefined,
    sets: [],
    spans: 0,
    done: false,
    sent: 0,
    trace: "",
    known: undefined,
    sites: undefined,
  };
}

const program = createScope("program", "", "");

/** The scope of the running code. */
const scopeNow = () => storage.getStore() ?? program;

/**
 * A callback that runs in the present scope, whenever and by whom it is called: what pools and sockets call later runs in the scope of whoever
 * gave something back, or of the connection.
 * @template {Function} F
 * @param {F} callback
 * @returns {F}
 */
function bound(callback) {
  const scope = storage.getStore();
  /** @this {unknown} @param {...unknown} args */
  function run(...args) {
    if (storage.getStore() === scope) return withoutUs(() => Reflect.apply(callback, this, args));
    return withoutUs(() =>
      scope === undefined
        ? storage.exit(() => Reflect.apply(callback, this, args))
        : storage.run(scope, () => Reflect.apply(callback, this, args)),
    );
  }
  return /** @type {F} */ (/** @type {unknown} */ (run));
}

module.exports = { storage, places, makers, createScope, program, scopeNow, bound };
