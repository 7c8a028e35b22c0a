/** The connections to one origin: the one that was used last is used next, and what finds none waits in line. */
import type { Exchange, Origin, Transport, TransportOptions } from "../exchange.ts";
import { noCounts } from "../exchange.ts";
import { Line } from "../line.ts";
import { Connection } from "./connection.ts";

export class Pool implements Transport {
  readonly origin: Origin;
  readonly options: TransportOptions;
  readonly counts = noCounts();
  /** The TLS session that the next connection goes on with. */
  session: Buffer | undefined;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiting = new Line<Exchange>();
  #busy = 0;
  #turn = 0;
  #closed = false;

  constructor(origin: Origin, options: TransportOptions) {
    this.origin = origin;
    this.options = options;
  }

  get open(): number {
    return this.#busy + this.#waiting.length;
  }

  submit(exchange: Exchange, now: number): void {
    exchange.deadline = now + this.options.timeout;
    exchange.attempts = 0;
    exchange.sent = now;
    this.again(exchange, now);
  }

  /** Sends what has been submitted before, its deadline unchanged. */
  again(exchange: Exchange, now: number): void {
    const connection = this.#idle.pop();
    if (connection !== undefined) {
      connection.busy = true;
      this.#busy++;
      connection.send(exchange, now);
    } else if (this.#all.size < this.options.connections && !this.#closed) {
      this.#busy++;
      const opened = this.#connect();
      opened.busy = true;
      opened.send(exchange, now);
    } else {
      this.counts.waited++;
      this.#waiting.push(exchange);
    }
  }

  #connect(): Connection {
    const { addresses } = this.origin;
    const connection = new Connection(this, addresses[this.#turn++ % addresses.length] ?? "");
    this.#all.add(connection);
    this.counts.connections++;
    return connection;
  }

  /** A connection that nobody waited for stands. */
  free(connection: Connection, now: number): void {
    this.#idle.push(connection);
    this.serve(now);
  }

  /** A response is complete. */
  release(connection: Connection): void {
    this.#busy--;
    connection.busy = false;
    this.#idle.push(connection);
  }

  /** Gives idle connections to those who wait. */
  serve(now: number): void {
    while (this.#waiting.length > 0 && (this.#idle.length > 0 || this.#all.size < this.options.connections)) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.again(next, now);
    }
  }

  lost(connection: Connection): void {
    if (!this.#all.delete(connection)) return;
    if (connection.busy) {
      this.#busy--;
      connection.busy = false;
      return;
    }
    const place = this.#idle.indexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
  }

  sweep(now: number): void {
    for (const connection of this.#all) {
      const { exchange } = connection;
      if (exchange === undefined || exchange.deadline > now) continue;
      this.lost(connection);
      connection.exchange = undefined;
      connection.destroy();
      exchange.failed("timeout", `no complete response within ${this.options.timeout} ms`, now);
    }
    for (let first = this.#waiting.first; first !== undefined && first.deadline <= now; first = this.#waiting.first) {
      this.#waiting.shift();
      first.failed("timeout", `no free connection within ${this.options.timeout} ms`, now);
    }
    this.serve(now);
  }

  close(now: number): void {
    this.#closed = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      next.failed("not sent", "it still waited for a connection at the end", now);
    }
    for (const connection of this.#all) {
      const { exchange } = connection;
      this.lost(connection);
      connection.exchange = undefined;
      connection.destroy();
      exchange?.failed("cut off", "it was still under way at the end", now);
    }
  }
}
