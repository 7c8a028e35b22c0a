/** The connections to one origin over HTTP/2: few of them, with many streams on each. */
import { noCounts, type Exchange, type Origin, type Transport, type TransportOptions } from "../exchange.ts";
import type { FailureKind } from "../failures.ts";
import { Line } from "../line.ts";
import { Http2Connection } from "./connection.ts";

/** More connections than this only spread the streams thinner. */
const mostConnections = 8;
/** What a connection that does not stand yet is likely to carry. */
const likelyStreams = 100;

export class Http2Pool implements Transport {
  readonly origin: Origin;
  readonly options: TransportOptions;
  readonly counts = noCounts();
  /** The TLS session that the next connection goes on with. */
  session: Buffer | undefined;
  /** Those that may be given requests, or will. */
  readonly #connections: Http2Connection[] = [];
  /** Those that only end what they have. */
  readonly #leaving = new Set<Http2Connection>();
  readonly #waiting = new Line<Exchange>();
  #closed = false;

  constructor(origin: Origin, options: TransportOptions) {
    this.origin = origin;
    this.options = options;
  }

  get open(): number {
    let sum = this.#waiting.length;
    for (const { streams } of this.#connections) sum += streams;
    for (const { streams } of this.#leaving) sum += streams;
    return sum;
  }

  submit(exchange: Exchange, now: number): void {
    exchange.deadline = now + this.options.timeout;
    exchange.attempts = 0;
    exchange.sent = now;
    this.again(exchange, now);
  }

  /** Sends what has been submitted before, its deadline unchanged. */
  again(exchange: Exchange, now: number): void {
    const place = this.#place();
    if (place !== undefined) return place.send(exchange, now);
    this.#waiting.push(exchange);
    this.#connect();
  }

  /** A connection that is full of streams carries them in fewer packets than several that are not. */
  #place(): Http2Connection | undefined {
    for (const connection of this.#connections) if (connection.room > 0) return connection;
    return undefined;
  }

  /** Opens one more, where those that are being opened will not do for all who wait. */
  #connect(): void {
    const { addresses } = this.origin;
    const most = Math.min(this.options.connections, mostConnections);
    const opening = this.#connections.reduce((sum, { open }) => sum + (open ? 0 : likelyStreams), 0);
    if (this.#waiting.length <= opening) return;
    if (this.#connections.length >= most || this.#closed) {
      this.counts.waited++;
      return;
    }
    const address = addresses[this.counts.connections++ % addresses.length] ?? "";
    this.#connections.push(new Http2Connection(this, address));
  }

  /** Gives those who wait to connections that have room. */
  serve(now: number): void {
    for (let place = this.#place(); place !== undefined && this.#waiting.length > 0; place = this.#place()) {
      const next = this.#waiting.shift();
      if (next !== undefined) place.send(next, now);
    }
    if (this.#waiting.length > 0) this.#connect();
  }

  /** It is given nothing more. */
  lost(connection: Http2Connection): void {
    const at = this.#connections.indexOf(connection);
    if (at >= 0) this.#connections.splice(at, 1);
    if (connection.streams > 0) this.#leaving.add(connection);
    else this.#leaving.delete(connection);
  }

  /** A connection could not be made: whoever waits for it has failed, unless another one is there. */
  unreachable(kind: FailureKind, detail: string, now: number): void {
    if (this.#connections.length > 0) return;
    // Who fails may come again at once: only those who wait now are told.
    for (let count = this.#waiting.length; count > 0; count--) this.#waiting.shift()?.failed(kind, detail, now);
  }

  sweep(now: number): void {
    const detail = `no complete response within ${this.options.timeout} ms`;
    for (const connection of [...this.#connections, ...this.#leaving]) {
      connection.sweep(now, detail);
      if (connection.streams === 0) this.#leaving.delete(connection);
    }
    for (let first = this.#waiting.first; first !== undefined && first.deadline <= now; first = this.#waiting.first) {
      this.#waiting.shift();
      first.failed("timeout", `no free stream within ${this.options.timeout} ms`, now);
    }
    this.serve(now);
  }

  close(now: number): void {
    this.#closed = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      next.failed("not sent", "it still waited for a connection at the end", now);
    }
    for (const connection of [...this.#connections, ...this.#leaving])
      connection.close("cut off", "it was still under way at the end", now);
  }
}
