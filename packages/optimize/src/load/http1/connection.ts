/** One keep-alive connection: writes a request, reads its response, never two at a time. */
import type { Socket } from "node:net";
import type { Exchange, Received } from "../exchange.ts";
import { kindOfError } from "../failures.ts";
import { openSocket } from "../socket.ts";
import { isWord } from "./characters.ts";
import { ResponseReader } from "./response-reader.ts";
import type { Pool } from "./pool.ts";

export class Connection implements Received {
  exchange: Exchange | undefined;
  /** Kept by the pool: it has a request, or is about to be told what came of it. */
  busy = false;
  readonly #pool: Pool;
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  #connected = false;
  #served = 0;
  #error: NodeJS.ErrnoException | undefined;
  #closed = false;

  constructor(pool: Pool, address: string) {
    this.#pool = pool;
    this.#socket = openSocket(address, {
      origin: pool.origin,
      options: pool.options,
      protocol: "http/1.1",
      session: pool.session,
      onConnect: () => this.#onConnect(),
      onData: (bytes, length) => this.#onData(bytes, length),
      onSession: (session) => void (pool.session = session),
    });
    this.#socket.on("error", (error) => void (this.#error ??= error));
    this.#socket.on("end", () => this.#onEnd());
    this.#socket.on("close", () => this.#onClose());
  }

  /** Writes the request at once, or as soon as the connection stands. */
  send(exchange: Exchange, now: number): void {
    this.exchange = exchange;
    const reader = this.#reader;
    reader.keep = exchange.keepBody;
    reader.keepFields = exchange.keepFields;
    reader.reset(exchange.bodiless);
    if (this.#connected) this.#write(exchange, now);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #write(exchange: Exchange, now: number): void {
    exchange.sent = now;
    const { bytes } = exchange;
    this.#pool.counts.bytesOut += bytes.length;
    if (typeof bytes === "string") this.#socket.write(bytes, "latin1");
    else this.#socket.write(bytes);
  }

  #onConnect(): void {
    this.#connected = true;
    if (this.exchange !== undefined) this.#write(this.exchange, performance.now());
    else this.#pool.free(this, performance.now());
  }

  #onData(chunk: Buffer, length: number): void {
    const { counts } = this.#pool;
    counts.bytesIn += length;
    const reader = this.#reader;
    if (this.exchange === undefined) {
      // Nobody asked: what comes now would be taken for the answer to the next request.
      if (this.#connected) counts.surplus++;
      this.destroy();
      return;
    }
    const end = reader.read(chunk, 0, length);
    if (reader.done) this.#complete(end < length, end < length);
    else if (reader.failed) this.#refuse();
  }

  /** `last`: nothing more can be asked for on this connection. */
  #complete(surplus: boolean, last: boolean): void {
    const exchange = this.exchange as Exchange;
    const now = performance.now();
    this.exchange = undefined;
    this.#served++;
    if (surplus) this.#pool.counts.surplus++;
    if (!last && this.#reader.head.persistent && !this.#closed && this.#error === undefined) {
      // The next request of the same user may want this connection: it is free before anybody is told.
      this.#pool.release(this);
      exchange.received(this, now);
      this.#pool.serve(now);
    } else {
      this.#leave();
      exchange.received(this, now);
      this.#pool.serve(now);
    }
  }

  #refuse(): void {
    const exchange = this.exchange as Exchange;
    this.exchange = undefined;
    this.#leave();
    const wrong = this.#reader.wrong ?? "";
    exchange.failed(wrong.startsWith("the connection was closed") ? "reset" : "protocol", wrong, performance.now());
  }

  /** Whoever is told next finds a free place in the pool. */
  #leave(): void {
    this.#pool.lost(this);
    this.destroy();
  }

  #onEnd(): void {
    if (this.exchange === undefined || this.#canRepeat()) return;
    this.#reader.end();
    if (this.#reader.done) this.#complete(false, true);
    else this.#refuse();
  }

  /** A server may close a connection that was idle while the next request is on its way (RFC 9110, 9.2.2): then it is sent again. */
  #canRepeat(): boolean {
    const { exchange } = this;
    return exchange !== undefined && exchange.repeatable && this.#served > 0 && !this.#reader.begun && exchange.attempts === 0;
  }

  #onClose(): void {
    this.#closed = true;
    this.#pool.lost(this);
    const { exchange } = this;
    if (exchange !== undefined) {
      const now = performance.now();
      if (this.#canRepeat()) {
        exchange.attempts++;
        this.#pool.counts.retried++;
        this.exchange = undefined;
        this.#pool.again(exchange, now);
      } else if (this.#error !== undefined) {
        this.exchange = undefined;
        const kind = this.#connected || this.#error.code !== undefined ? kindOfError(this.#error) : "connection";
        exchange.failed(kind, this.#error.message, now);
      } else this.#onEnd();
    }
    this.#pool.serve(performance.now());
  }

  get status(): number {
    return this.#reader.head.status;
  }
  get bodyBytes(): number {
    return this.#reader.bodyBytes;
  }
  get first(): number {
    return this.#reader.first;
  }
  get last(): number {
    return this.#reader.last;
  }
  get encoded(): boolean {
    return this.#reader.head.encoded;
  }
  typeIs(expected: Uint8Array): boolean {
    const { head, headBytes } = this.#reader;
    return head.typeFrom === head.typeTo || sameBytes(headBytes, head.typeFrom, head.typeTo, expected);
  }
  type(): string {
    const { head, headBytes } = this.#reader;
    return Buffer.from(headBytes.subarray(head.typeFrom, head.typeTo)).toString("latin1");
  }
  body(): Buffer {
    return Buffer.concat(this.#reader.parts);
  }
  field(name: string): string[] {
    return this.#reader.fields.split("\r\n").flatMap((line) => {
      const colon = line.indexOf(":");
      return colon > 0 && isWord(Buffer.from(line, "latin1"), 0, colon, name) ? [line.slice(colon + 1).trim()] : [];
    });
  }
}

function sameBytes(bytes: Uint8Array, from: number, to: number, expected: Uint8Array): boolean {
  if (to - from !== expected.length) return false;
  for (let i = 0; i < expected.length; i++) if (bytes[from + i] !== expected[i]) return false;
  return true;
}
