"use strict";
/** Requests that the program answers: their scope, route, status, time and bytes. */
const channels = require("node:diagnostics_channel");
const http = require("node:http");
const { stringify } = require("./builtins.cjs");
const clock = require("./clock.cjs");
const { writeLine, tryTo } = require("./writer.cjs");
const { storage, createScope } = require("./scope.cjs");
const { closeAll } = require("./groups.cjs");
const { scrubAddress } = require("./scrub.cjs");
const { replace } = require("./modules.cjs");

const state = { requests: 0 };
/** @type {Set<import("./scope.cjs").Scope>} */
const live = new Set();
/** Milliseconds in which what a handler does after it has answered still belongs to it, at least; at most twice as many. */
const after = 40;
/** Answered in this while, and in the one before. @type {import("./scope.cjs").Scope[]} */
let answered = [];
/** @type {import("./scope.cjs").Scope[]} */
let leaving = [];
/** @type {NodeJS.Timeout | undefined} */
let sweeping;
/** @type {WeakSet<object>} */
const entered = new WeakSet();

/** W3C Trace Context: of what is sampled the id, which names nobody. */
const sampledTrace = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f][13579bdf]$/;

/** Work that belongs to a request handed in as pieces. @param {any} request @param {any} response @param {() => unknown} handle */
function enter(request, response, handle) {
  // A server that hands a request on to another one.
  if (entered.has(request)) return handle();
  /** @type {import("./scope.cjs").Scope | undefined} */
  let scope;
  tryTo(() => (scope = open(request, response)));
  return scope === undefined ? handle() : storage.run(scope, handle);
}

/** @param {any} request @param {any} response */
function open(request, response) {
  entered.add(request);
  const url = String(request?.originalUrl ?? request?.url ?? "");
  const scope = createScope("request", methodOf(request), url);
  state.requests += 1;
  live.add(scope);
  scope.name = () => routeOf(request, url);
  scope.trace = sampledTrace.exec(String(request?.headers?.traceparent ?? ""))?.[1] ?? "";
  // A connection counts all that it carries.
  scope.sent = Number(request?.socket?.bytesWritten ?? 0);
  const finish = () => tryTo(() => finished(scope, request, response));
  if (typeof response?.once === "function") {
    response.on("finish", finish);
    response.on("close", finish);
  }
  return scope;
}

/** @param {import("./scope.cjs").Scope} scope @param {any} request @param {any} response */
function finished(scope, request, response) {
  if (scope.done) return;
  scope.done = true;
  const ended = clock.micros();
  const sent = Number(request?.socket?.bytesWritten ?? -1);
  say(scope, ended - scope.begun, [
    response?.statusCode ?? 0,
    scope.spans,
    request?.headers?.["content-length"] ?? -1,
    response?.getHeader?.("content-length") ?? -1,
    sent < scope.sent ? -1 : sent - scope.sent,
  ]);
  // Nothing of the request is held any longer.
  scope.name = undefined;
  answered.push(scope);
  sweeping ??= clock.setTimeout(sweep, after).unref();
}

/** One timer for all of them. */
function sweep() {
  for (const scope of leaving) leave(scope);
  leaving = answered;
  answered = [];
  sweeping = leaving.length === 0 ? undefined : clock.setTimeout(sweep, after).unref();
}

/** @param {import("./scope.cjs").Scope} scope @param {number} time @param {readonly unknown[]} figures */
function say(scope, time, figures) {
  const route = stringify(scope.route ?? scope.name?.() ?? "");
  const numbers = figures.map((one) => (Number.isFinite(Number(one)) ? Number(one) : -1));
  const trace = scope.trace === "" ? "" : `,"${scope.trace}"`;
  writeLine(`["r",${scope.id},${Math.round(scope.begun)},${Math.round(time)},"${scope.method}",${route},${numbers.join()}${trace}]`);
}

/** @param {import("./scope.cjs").Scope} scope */
function leave(scope) {
  live.delete(scope);
  tryTo(() => closeAll(scope));
}

/** At the end of the process: what has no answer yet is a request all the same. */
function leaveAll() {
  for (const scope of live) {
    if (!scope.done) say(scope, -1, [0, scope.spans, -1, -1, -1]);
    leave(scope);
  }
}

const methods = new Set(http.METHODS);

/** What is put together without a socket may call itself anything. @param {any} request */
function methodOf(request) {
  const method = String(request?.method ?? "GET").toUpperCase();
  return methods.has(method) ? method : "?";
}

/** The route as the framework declares it, else the path with its words hidden. @param {any} request @param {string} url */
function routeOf(request, url) {
  const declared = request?.route?.path;
  if (typeof declared === "string") return `${baseOf(request)}${declared === "/" ? "" : declared}` || "/";
  return scrubAddress(url.replace(/\?.*$/s, "")).text || "/";
}

/** Where the router is mounted, which may hold values too. @param {any} request */
const baseOf = ({ baseUrl }) => (typeof baseUrl === "string" && baseUrl !== "" ? scrubAddress(baseUrl).text : "");

/** Node tells of a request right before it is handled: entering it there leaves no frame of ours in the program's stacks. */
function start() {
  channels.subscribe("http.server.request.start", (message) =>
    tryTo(() => {
      const { request, response } = /** @type {any} */ (message);
      if (!entered.has(request)) storage.enterWith(open(request, response));
    }),
  );
  // HTTP/2 does not tell.
  const http2 = require("node:http2");
  for (const name of ["createServer", "createSecureServer"])
    replace(
      http2,
      name,
      (original) =>
        function (...args) {
          const server = Reflect.apply(original, this, args);
          tryTo(() => replace(server, "emit", entering));
          return server;
        },
    );
}

/** @param {(...args: any[]) => any} original @returns {(this: any, ...args: any[]) => any} */
function entering(original) {
  return function (event, request, response, ...rest) {
    if (event !== "request") return Reflect.apply(original, this, [event, request, response, ...rest]);
    return enter(request, response, () => Reflect.apply(original, this, [event, request, response, ...rest]));
  };
}

module.exports = { start, enter, leaveAll, methodOf, state };
