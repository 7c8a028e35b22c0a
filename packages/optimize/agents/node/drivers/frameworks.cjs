"use strict";
/** Routes of frameworks that do not leave them on the request, and requests that are made up without a socket. */
const channels = require("node:diagnostics_channel");
const { storage } = require("../scope.cjs");
const { enter } = require("../requests.cjs");
const { replace } = require("../modules.cjs");
const { tryTo } = require("../writer.cjs");

function start() {
  // Fastify says which route it handles.
  channels.subscribe("tracing:fastify.request.handler:start", (message) =>
    tryTo(() => {
      const scope = storage.getStore();
      const url = /** @type {any} */ (message)?.route?.url;
      if (scope !== undefined && typeof url === "string") scope.route = url;
    }),
  );
}

/** @param {any} Application */
function patchKoa(Application) {
  replace(
    Application?.prototype,
    "handleRequest",
    (original) =>
      function (context, ...rest) {
        const scope = storage.getStore();
        if (scope !== undefined) {
          const before = scope.name;
          // The router matches later than this; the name is asked for when the answer is sent.
          scope.name = () => {
            const matched = context?._matchedRoute;
            return typeof matched === "string" ? matched : before?.();
          };
        }
        return Reflect.apply(original, this, [context, ...rest]);
      },
  );
}

/** `inject()` of Fastify and others: the handler is called with a request of its own making. @param {any} inject */
function patchInject(inject) {
  return new Proxy(inject, {
    apply(target, self, [dispatch, ...rest]) {
      if (typeof dispatch !== "function") return Reflect.apply(target, self, [dispatch, ...rest]);
      /** @this {unknown} @param {any} request @param {any} response */
      const entering = function (request, response) {
        return enter(request, response, () => Reflect.apply(dispatch, this, [request, response]));
      };
      return Reflect.apply(target, self, [entering, ...rest]);
    },
  });
}

module.exports = {
  start,
  hooks: [
    { name: "koa", file: /^lib\/application\.js$/, patch: patchKoa },
    { name: "light-my-request", file: /^index\.js$/, patch: patchInject },
  ],
};
