"use strict";
/**
 * node-postgres. Place and request are taken where the user's call enters (Pool.query, Client.query) and stay on the driver's own query object:
 * a pool sends a waiting statement from the context of whoever gave the client back.
 */
const { attempt, begin, end, siteOfText, statementOf } = require("../spans.cjs");
const { createHandover } = require("../handover.cjs");
const { createLate, release, whenAnswered } = require("../late.cjs");
const { replace } = require("../modules.cjs");
const { cleaned, withoutUs } = require("../stacks.cjs");
const { bound } = require("../scope.cjs");

/** @typedef {{ site: import("../site.cjs").CallSite, late: import("../late.cjs").Late | undefined }} From */

const kind = "pg";
/** @type {WeakMap<object, import("../spans.cjs").Span>} */
const running = new WeakMap();
/** @type {ReturnType<typeof createHandover<From>>} */
const handover = createHandover();

/** @param {any} answer @param {import("../late.cjs").Late} late */
function handOn(answer, late) {
  if (answer instanceof Promise) return whenAnswered(answer, late);
  release(late);
  return answer;
}

/** @param {any} config */
const textOf = (config) => (typeof config === "string" ? config : config?.text);

/** @param {any} Pool */
function patchPool(Pool) {
  replace(
    Pool?.prototype,
    "query",
    (original) =>
      function observed(...args) {
        const last = args.at(-1);
        if (typeof last === "function") args[args.length - 1] = bound(last);
        const site = siteOfText(kind, textOf(args[0]), "plain", observed);
        const late = site.id === 0 && typeof last !== "function" ? createLate() : undefined;
        return handover.during({ site, late }, () => {
          const answer = withoutUs(() => Reflect.apply(original, this, args));
          return late === undefined ? answer : handOn(answer, late);
        });
      },
  );
  handover.patchConnect(Pool?.prototype, "connect", fullOf);
}

/** Whoever waits takes what is idle, and what may still be opened. @param {any} pool */
function fullOf({ options, totalCount, idleCount, waitingCount }) {
  const size = Number(options?.max);
  return waitingCount >= idleCount + size - totalCount ? { library: kind, size } : undefined;
}

/** @param {any} Client */
function patchClient(Client) {
  replace(
    Client?.prototype,
    "query",
    (original) =>
      function observed(config, values, callback, ...rest) {
        const text = textOf(config);
        if (typeof text !== "string") return withoutUs(() => Reflect.apply(original, this, [config, values, callback, ...rest]));
        const given = Array.isArray(values) ? values : Array.isArray(config?.values) ? config.values : [];
        const from = handover.take();
        const span = attempt(() => begin(statementOf(kind, text, "plain"), given, observed, from?.site, from?.late));
        // What a pool calls back is its own; the program's function is bound where it was handed to the pool.
        const args =
          from === undefined
            ? [config, values, callback, ...rest].map((one) => (typeof one === "function" ? bound(one) : one))
            : [config, values, callback, ...rest];
        const result = withoutUs(() => Reflect.apply(original, this, args));
        const query = typeof config?.submit === "function" ? config : newest(this);
        if (span === undefined) return result;
        if (query === undefined) end(span, undefined);
        else running.set(query, span);
        return result;
      },
  );
}

/** The query that the client has just taken: waiting, or already sent. @param {any} client */
function newest(client) {
  const queue = client._queryQueue ?? client.queryQueue;
  const waiting = Array.isArray(queue) ? queue.at(-1) : undefined;
  return waiting ?? client._activeQuery ?? client.activeQuery ?? undefined;
}

/** @param {any} Query */
function patchQuery(Query) {
  replace(
    Query?.prototype,
    "handleReadyForQuery",
    (original) =>
      function (...args) {
        finish(this, false);
        return Reflect.apply(original, this, args);
      },
  );
  replace(
    Query?.prototype,
    "handleError",
    (original) =>
      function (...args) {
        cleaned(args[0]);
        finish(this, true);
        return Reflect.apply(original, this, args);
      },
  );
}

/** @param {any} query @param {boolean} failed */
function finish(query, failed) {
  const span = running.get(query);
  if (span === undefined) return;
  running.delete(query);
  const result = query._result ?? query._results;
  const rows = Array.isArray(result?.rows) && result.rows.length > 0 ? result.rows : (result?.rowCount ?? undefined);
  end(span, failed ? 0 : rows, failed);
}

module.exports = {
  hooks: [
    { name: "pg", file: /^lib\/client\.js$/, patch: patchClient },
    { name: "pg", file: /^lib\/query\.js$/, patch: patchQuery },
    { name: "pg-pool", file: /^index\.js$/, patch: patchPool },
  ],
};
