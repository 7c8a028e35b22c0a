"use strict";
/** Requests of fetch and undici: the place is that of the call, times are told by undici itself (diagnostics_channel). */
const channels = require("node:diagnostics_channel");
const { begin, end, statementOf } = require("../spans.cjs");
const { scrubAddress } = require("../scrub.cjs");
const { places } = require("../scope.cjs");
const { siteOf } = require("../site.cjs");
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

/** @param {any} request */
function created(request) {
  const { text, values } = scrubAddress(String(request.path ?? "/"));
  const method = String(request.method ?? "GET");
  running.set(request, begin(statementOf("http", `${method} ${request.origin}${text}`, "clean"), values, created, places.getStore()));
}

/** An answer after which one asks again. @param {unknown} status */
const refuses = (status) => typeof status === "number" && (status >= 500 || status === 408 || status === 425 || status === 429);

/** @param {any} request @param {boolean} failed */
function ended(request, failed) {
  const span = running.get(request);
  if (span !== undefined) end(span, undefined, failed);
}

module.exports = { start, refuses };
