/** Requests to this process as Node's own HTTP server announces them: no change of the program, no wrapper. */
import { channel } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

const begun = Symbol();
const named = Symbol();

type Request = IncomingMessage & { [named]?: string; baseUrl?: string; route?: { path?: unknown } };
type Response = ServerResponse & { [begun]?: number };

/** `status` is "aborted" when the client went away before the end. `seconds` count until the last byte was handed over. */
export type OnRequest = (method: string, route: string, status: string, seconds: number) => void;

/** Says what route a request is for, where the framework does not leave that on the request (Express does). */
export function setRoute(request: IncomingMessage, route: string): void {
  (request as Request)[named] = route;
}

/** Watches until what it gives is called. `count` is told 1 when a request begins, -1 when it ends. */
export function watchRequests(done: OnRequest, count: (change: 1 | -1) => void, ignore: (request: IncomingMessage) => boolean): () => void {
  // Held here: a channel that nobody holds may be collected with its subscribers.
  const started = channel("http.server.request.start");

  function onStart(message: unknown): void {
    const { request, response } = message as { request: Request; response: Response };
    if (ignore(request)) return;
    count(1);
    response[begun] = performance.now();
    // Not `once`, which makes a wrapper for each: a response closes once.
    response.on("close", onClose);
  }

  // One function for all responses: a closure for each would be the greater part of what it costs.
  function onClose(this: Response): void {
    count(-1);
    const request = this.req as Request;
    const status = this.writableFinished ? String(this.statusCode) : "aborted";
    done(request.method ?? "", routeOf(request, this.statusCode), status, (performance.now() - (this[begun] ?? 0)) / 1000);
  }

  started.subscribe(onStart);
  return () => {
    started.unsubscribe(onStart);
  };
}

/** Parts of a path but plain words and versions. One pattern and no function: this runs for each request. */
const other = /(?<![^/])(?!(?:[a-z][a-z_-]{0,31}|v\d\d?)(?![^/]))[^/]+/gi;

/** Never what the client wrote: that would be as many series as clients like, and may be a name or a secret. */
function routeOf(request: Request, status: number): string {
  const path = request.route?.path;
  const route = request[named] ?? (typeof path === "string" ? (request.baseUrl ?? "") + path : undefined);
  if (route !== undefined) return route;
  if (status === 404 || status === 405) return "unmatched";
  const { url = "" } = request;
  const end = url.indexOf("?");
  return url.slice(0, end < 0 ? 200 : Math.min(end, 200)).replace(other, ":id");
}
