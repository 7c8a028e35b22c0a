"use strict";
/** Requests through node:http and node:https, which axios, got, node-fetch and others use. */
const http = require("node:http");
const https = require("node:https");
const { attempt, begin, end, statementOf } = require("../spans.cjs");
const { methodOf } = require("../requests.cjs");
const { scrubAddress } = require("../scrub.cjs");
const { replace } = require("../modules.cjs");
const { withoutUs } = require("../stacks.cjs");
const { originOf, refuses } = require("./fetch.cjs");

function start() {
  for (const library of [http, https])
    for (const name of ["request", "get"])
      replace(
        library,
        name,
        (original) =>
          function observed(...args) {
            const request = withoutUs(() => Reflect.apply(original, this, args));
            const span = attempt(() => {
              const { text, values } = scrubAddress(String(request.path ?? "/"));
              const origin = `${request.protocol ?? "http:"}//${request.getHeader?.("host") ?? request.host ?? ""}`;
              return begin(statementOf("http", `${methodOf(request)} ${originOf(origin)}${text}`, "clean"), values, observed);
            });
            // A listener for `response` would keep an answer that nobody reads from being thrown away.
            request.once("close", () =>
              end(span, undefined, request.res === null || request.res === undefined || refuses(request.res.statusCode)),
            );
            return request;
          },
      );
}

module.exports = { start };
