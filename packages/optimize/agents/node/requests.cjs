"use strict";
/** Requests that the program answers: their scope, route, status, time and bytes. */
const channels = require("node:diagnostics_channel");
const http = require("node:http");
const clock = require("./clock.cjs");
const { write, tryTo } = require("./writer.cjs");
const { storage, createScope } = require("./scope.cjs");
const { closeAll } = require("./groups.cjs");
const { scrubAddress } = require("./scrub.cjs");
const { replace } = require("./modules.cjs");
const { partsOf } = require("./sources.cjs");

const state = { requests: 0 };
/** @type {Set<import("./scope.cjs").Scope>} */
const live = new Set();
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
  const scope = createScope("request", methodOf(request), "");
  state.requests += 1;
  live.add(scope);
  const url = String(request?.originalUrl ?? request?.url ?? "");
  scope.name = () => routeOf(request, url);
  scope.known = partsOf(url);
  scope.trace = sampledTrace.exec(String(request?.headers?.traceparent ?? ""))?.[1] ?? "";
  // A connection counts all that it carries.
  scope.sent = Number(request?.socket?.bytesWritten ?? 0);
  const finish = () => tryTo(() => finished(scope, request, response));
  if (typeof response?.once === "function") {
    response.once("finish", finish);
    response.once("close", finish);
  }
  return scope;
}

/** @param {import("./scope.cjs").Scope} scope @param {any} request @param {any} response */
function finished(scope, request, response) {
  if (scope.done) return;
  scope.done = true;
  const ended = clock.micros();
  const sent = Number(request?.socket?.bytesWritten ?? -1);
  write([
    "r",
    scope.id,
    Math.round(scope.begun),
    Math.round(ended - scope.begun),
    scope.method,
    scope.route ?? scope.name?.() ?? "",
    Number(response?.statusCode ?? 0),
    scope.spans,
    Number(request?.headers?.["content-length"] ?? -1),
    Number(response?.getHeader?.("content-length") ?? -1),
    sent < scope.sent ? -1 : sent - scope.sent,
    ...(scope.trace === "" ? [] : [scope.trace]),
  ]);
  // What a handler does after it has answered still belongs to it, for a while.
  clock.setTimeout(() => leave(scope), 50).unref();
}

/** @param {import("./scope.cjs").Scope} scope */
function leave(scope) {
  live.delete(scope);
  tryTo(() => closeAll(scope));
}

/** At the end of the process: what has no answer yet is a request all the same. */
function leaveAll() {
  for (const scope of live) {
    if (!scope.done)
      write(["r", scope.id, Math.round(scope.begun), -1, scope.method, scope.route ?? scope.name?.() ?? "", 0, scope.spans, -1, -1, -1]);
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
  if (typeof declared === "string") return `${scrubAddress(String(request.baseUrl ?? "")).text}${declared === "/" ? "" : declared}` || "/";
  return scrubAddress(url.replace(/\?.*$/s, "")).text || "/";
}

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
