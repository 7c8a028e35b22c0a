"use strict";
/** Requests of fetch and undici: the place is that of the call, times are told by undici itself (diagnostics_channel). */
const channels = require("node:diagnostics_channel");
const { begin, end, siteNow, statementOf } = require("../spans.cjs");
const { replace } = require("../modules.cjs");
const { methodOf } = require("../requests.cjs");
const { scrubAddress } = require("../scrub.cjs");
const { bound, places } = require("../scope.cjs");
const { siteOf } = require("../site.cjs");
const { hiddenHost } = require("../words.cjs");
const { tryTo } = require("../writer.cjs");

/** @type {WeakMap<object, import("../spans.cjs").Span>} */
const running = new WeakMap();

function start() {
  if (typeof globalThis.fetch === "function") {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, "fetch");
    if (descriptor?.configurable === true && typeof descriptor.value === "function")
      Object.defineProperty(globalThis, "fetch", {
        ...descriptor,
        value: new Proxy(descriptor.value, {
          apply: function observed(target, self, args) {
            return places.run(siteOf(observed), () => Reflect.apply(target, self, args));
          },
        }),
      });
  }
  channels.subscribe("undici:request:create", (message) => tryTo(() => created(/** @type {any} */ (message).request)));
  channels.subscribe("undici:request:headers", (message) =>
    tryTo(() => {
      const { request, response } = /** @type {any} */ (message);
      if (refuses(response?.statusCode)) ended(request, true);
    }),
  );
  channels.subscribe("undici:request:trailers", (message) => tryTo(() => ended(/** @type {any} */ (message).request, false)));
  channels.subscribe("undici:request:error", (message) => tryTo(() => ended(/** @type {any} */ (message).request, true)));
}

/** @typedef {{ site: import("../site.cjs").CallSite, run: (work: () => void) => void }} From */

/** Where a request was asked for, by its options: a pool sends it when a connection is free. @type {WeakMap<object, From>} */
const asked = new WeakMap();
/** The one that is being sent. @type {From | undefined} */
let sending;

/** @param {any} DispatcherBase */
function patchDispatcher(DispatcherBase) {
  replace(
    DispatcherBase?.prototype,
    "dispatch",
    (original) =>
      function observed(options, ...rest) {
        if (typeof options === "object" && options !== null && !asked.has(options))
          asked.set(options, { site: siteNow(observed), run: bound((/** @type {() => void} */ work) => work()) });
        return Reflect.apply(original, this, [options, ...rest]);
      },
  );
}

/** @param {any} Client */
function patchClient(Client) {
  const symbol = Object.getOwnPropertySymbols(Client?.prototype ?? {}).find(({ description }) => description === "dispatch");
  if (symbol === undefined) return;
  replace(
    Client.prototype,
    symbol,
    (original) =>
      function (options, ...rest) {
        const before = sending;
        sending = asked.get(options);
        try {
          return Reflect.apply(original, this, [options, ...rest]);
        } finally {
          sending = before;
        }
      },
  );
}

/** @param {any} request */
function created(request) {
  const { text, values } = scrubAddress(String(request.path ?? "/"));
  const statement = statementOf("http", `${methodOf(request)} ${originOf(String(request.origin))}${text}`, "clean");
  const from = sending;
  if (from === undefined) running.set(request, begin(statement, values, created));
  else from.run(() => running.set(request, begin(statement, values, created, from.site)));
}

/** @param {string} origin */
function originOf(origin) {
  const [, scheme = "", host = ""] = /^(\w+:\/\/)(?:[^/@]*@)?([^/]*)/.exec(origin) ?? [];
  return `${scheme}${hiddenHost(host)}`;
}

/** An answer after which one asks again. @param {unknown} status */
const refuses = (status) => typeof status === "number" && (status >= 500 || status === 408 || status === 425 || status === 429);

/** @param {any} request @param {boolean} failed */
function ended(request, failed) {
  const span = running.get(request);
  if (span !== undefined) end(span, undefined, failed);
}

module.exports = {
  start,
  originOf,
  refuses,
  hooks: [
    { name: "undici", file: /^lib\/(?:dispatcher\/)?dispatcher-base\.js$/, patch: patchDispatcher },
    { name: "undici", file: /^lib\/(?:dispatcher\/)?client\.js$/, patch: patchClient },
  ],
};
