/** HTTP/2 by Node's own client: a few connections, many streams on each. */
import { connect, constants, type ClientHttp2Session, type OutgoingHttpHeaders } from "node:http2";
import { noCounts, type Exchange, type Origin, type RequestParts, type Transport, type TransportOptions } from "../exchange.ts";
import { Line } from "../line.ts";
import { Stream } from "./stream.ts";

/** Streams on one connection at the same time, where the server allows it. */
const mostStreams = 100;
/** More connections than this only spread the streams thinner. */
const mostSessions = 8;

export class Http2Pool implements Transport {
  readonly counts = noCounts();
  readonly #origin: Origin;
  readonly #options: TransportOptions;
  readonly #sessions: { session: ClientHttp2Session; streams: number; most: number }[] = [];
  readonly #waiting = new Line<Exchange>();
  readonly #under = new Set<Stream>();

  constructor(origin: Origin, options: TransportOptions) {
    this.#origin = origin;
    this.#options = options;
  }

  get open(): number {
    return this.#under.size + this.#waiting.length;
  }

  submit(exchange: Exchange, now: number): void {
    exchange.deadline = now + this.#options.timeout;
    exchange.attempts = 0;
    exchange.sent = now;
    this.#send(exchange);
  }

  #send(exchange: Exchange): void {
    const place = this.#place();
    if (place === undefined) {
      this.counts.waited++;
      this.#waiting.push(exchange);
      return;
    }
    place.streams++;
    exchange.sent = performance.now();
    const { parts } = exchange;
    if (parts === undefined) throw new Error("a request without its parts");
    let request;
    try {
      request = place.session.request(headersOf(parts, this.#origin.protocol), { endStream: parts.body === undefined });
    } catch (error) {
      place.streams--;
      exchange.failed("connection", error instanceof Error ? error.message : String(error), performance.now());
      return;
    }
    if (parts.body !== undefined) {
      request.end(parts.body);
      this.counts.bytesOut += parts.body.length;
    }
    const stream = new Stream(exchange, request, () => {
      place.streams--;
      this.#under.delete(stream);
      this.counts.bytesIn += stream.bodyBytes;
      const next = this.#waiting.shift();
      if (next !== undefined) this.#send(next);
    });
    this.#under.add(stream);
  }

  #place(): { session: ClientHttp2Session; streams: number; most: number } | undefined {
    // A connection that is full of streams carries them in fewer packets than several that are not.
    for (const place of this.#sessions) if (place.streams < place.most) return place;
    return this.#sessions.length < Math.min(this.#options.connections, mostSessions) ? this.#connect() : undefined;
  }

  #connect(): { session: ClientHttp2Session; streams: number; most: number } {
    const { addresses, protocol, host, port } = this.#origin;
    const address = addresses[this.counts.connections % addresses.length] ?? "";
    const session = connect(`${protocol}//${address.includes(":") ? `[${address}]` : address}:${port}`, {
      rejectUnauthorized: !this.#options.insecure,
      servername: /^[\d.]+$|:/.test(host) ? "" : host,
      settings: { enablePush: false },
      ...(this.#options.ca === undefined ? {} : { ca: this.#options.ca }),
    });
    const place = { session, streams: 0, most: mostStreams };
    this.counts.connections++;
    session.on("remoteSettings", ({ maxConcurrentStreams }) => {
      place.most = Math.max(1, Math.min(mostStreams, maxConcurrentStreams ?? mostStreams));
    });
    const gone = (): void => {
      const at = this.#sessions.indexOf(place);
      if (at >= 0) this.#sessions.splice(at, 1);
    };
    session.on("goaway", gone);
    session.on("close", gone);
    // The streams are told of it, and they tell those who wait.
    session.on("error", gone);
    this.#sessions.push(place);
    return place;
  }

  sweep(now: number): void {
    for (const stream of this.#under) {
      if (stream.exchange.deadline <= now) stream.give("timeout", `no complete response within ${this.#options.timeout} ms`, now);
    }
    for (let first = this.#waiting.first; first !== undefined && first.deadline <= now; first = this.#waiting.first) {
      this.#waiting.shift();
      first.failed("timeout", `no free stream within ${this.#options.timeout} ms`, now);
    }
  }

  close(now: number): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      next.failed("not sent", "it still waited for a connection at the end", now);
    }
    for (const stream of this.#under) stream.give("cut off", "it was still under way at the end", now);
    for (const { session } of this.#sessions.splice(0)) session.destroy();
  }
}

const known = new WeakMap<RequestParts, OutgoingHttpHeaders>();

/** Fields as HTTP/2 has them: names in lower case, none of the connection's. Made once for a request that never changes. */
function headersOf(parts: RequestParts, protocol: string): OutgoingHttpHeaders {
  const made = known.get(parts);
  if (made !== undefined) return made;
  const headers: OutgoingHttpHeaders = {
    [constants.HTTP2_HEADER_METHOD]: parts.method,
    [constants.HTTP2_HEADER_SCHEME]: protocol.slice(0, -1),
    [constants.HTTP2_HEADER_AUTHORITY]: parts.authority,
    [constants.HTTP2_HEADER_PATH]: parts.path,
  };
  for (const [name, value] of parts.headers) {
    const lower = name.toLowerCase();
    if (!["connection", "host", "keep-alive", "transfer-encoding", "upgrade"].includes(lower)) headers[lower] = value;
  }
  known.set(parts, headers);
  return headers;
}
