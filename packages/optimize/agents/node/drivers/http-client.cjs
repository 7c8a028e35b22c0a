"use strict";
/** Requests through node:http and node:https, which axios, got, node-fetch and others use. */
const { errorMonitor } = require("node:events");
const http = require("node:http");
const https = require("node:https");
const { attempt, begin, end, statementOf } = require("../spans.cjs");
const { methodOf } = require("../requests.cjs");
const { scrubAddress } = require("../scrub.cjs");
const { replace } = require("../modules.cjs");
const { cleaned, withoutUs } = require("../stacks.cjs");
const { originOf, refuses } = require("./fetch.cjs");

/** `get` calls `request`, and a library that pretends to be the other side calls what it took the place of. */
let inside = false;

/** Observes the functions as they are now. */
function start(isMocked = false) {
  for (const library of [http, https])
    for (const name of ["request", "get"])
      replace(
        library,
        name,
        (original) =>
          function observed(...args) {
            const isOuter = !inside;
            inside = true;
            let request;
            try {
              request = withoutUs(() => Reflect.apply(original, this, args));
            } finally {
              if (isOuter) inside = false;
            }
            if (isOuter) attempt(() => follow(request, observed, isMocked));
            return request;
          },
      );
}

/** @param {any} request @param {Function} below @param {boolean} isMocked its answers are made up, and it does not always close */
function follow(request, below, isMocked) {
  const { text, values } = scrubAddress(String(request.path ?? "/"));
  const origin = `${request.protocol ?? "http:"}//${request.getHeader?.("host") ?? request.host ?? ""}`;
  const span = begin(statementOf("http", `${methodOf(request)} ${originOf(origin)}${text}`, "clean"), values, below);
  request.once(errorMonitor, cleaned);
  // A listener for `response` would keep an answer that nobody reads from being thrown away.
  const finish = () => end(span, undefined, request.res === null || request.res === undefined || refuses(request.res.statusCode));
  request.once("close", finish);
  if (isMocked) request.once("response", (/** @type {any} */ answer) => answer.once("end", finish));
}

/** nock puts functions of its own in the place of Node's, each time that it begins: they are what the program calls. @param {any} exports */
function patchNock(exports) {
  start(true);
  replace(
    exports,
    "activate",
    (original) =>
      function (...args) {
        const result = Reflect.apply(original, this, args);
        start(true);
        return result;
      },
  );
}

module.exports = { start: () => start(), hooks: [{ name: "nock", file: /^lib\/intercept\.js$/, patch: patchNock }] };
