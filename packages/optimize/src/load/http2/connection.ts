/** One connection: many streams, each with one request and its response. What is to be sent in one turn of the event loop is written together. */
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Exchange } from "../exchange.ts";
import { kindOfError, type FailureKind } from "../failures.ts";
import { openSocket } from "../socket.ts";
import { errorName, flag, FrameReader, frameType, FrameWriter, type ErrorName } from "./frames.ts";
import { HeaderDecoder, type Block } from "./header-decoder.ts";
import { HeaderEncoder } from "./header-encoder.ts";
import { IncomingFrames, type FrameUser } from "./incoming-frames.ts";
import { Outgoing } from "./outgoing.ts";
import { PeerSettings } from "./peer-settings.ts";
import type { Http2Pool } from "./pool.ts";
import { RequestBlocks } from "./request-fields.ts";
import { wrongInTrailer } from "./response-fields.ts";
import { Stream } from "./stream.ts";

/** So much of a response the server may send before it is told that it was read. */
const tellAfter = 2 ** 29;
/** Numbers of streams run out; long before that another connection is opened. */
const lastStream = 2 ** 30;
/** A request that the server has not looked at is sent again so often. */
const mostAttempts = 3;
const noHttp2 = "it does not speak HTTP/2 over TLS (no h2 in ALPN)";

export class Http2Connection implements FrameUser {
  /** The server has said what it allows, and nothing of leaving. */
  open = false;
  /** Number of the stream that is opened next. */
  next = 1;
  readonly #streams = new Map<number, Stream>();
  readonly #pool: Http2Pool;
  readonly #socket: Socket;
  readonly #reader: FrameReader;
  readonly #writer = new FrameWriter();
  readonly #decoder = new HeaderDecoder();
  readonly #encoder = new HeaderEncoder();
  readonly #blocks: RequestBlocks;
  readonly #outgoing = new Outgoing(this.#writer);
  readonly #peer: PeerSettings;
  #served = 0;
  #untold = 0;
  /** When the bytes came that are being read: what was complete by then was complete then. */
  #now = 0;
  #isReading = false;
  #willFlush = false;
  #error: NodeJS.ErrnoException | undefined;
  /** Why nothing more comes, where the server has said it. */
  #farewell: string | undefined;
  #over = false;

  constructor(pool: Http2Pool, address: string) {
    this.#pool = pool;
    this.#blocks = new RequestBlocks(this.#encoder, pool.origin.protocol.slice(0, -1));
    this.#reader = new FrameReader(new IncomingFrames(this));
    this.#peer = new PeerSettings(this.#encoder, this.#outgoing, this.#streams);
    this.#socket = openSocket(address, {
      origin: pool.origin,
      options: pool.options,
      protocol: "h2",
      session: pool.session,
      onConnect: (socket) => this.#onConnect(socket),
      onData: (bytes, length) => this.#onBytes(bytes, length),
      onSession: (session) => void (pool.session = session),
    });
    this.#socket.on("error", (error) => void (this.#error ??= error));
    this.#socket.on("close", () => this.#onClose());
  }

  /** Streams that may be begun now. */
  get room(): number {
    return this.open ? this.#peer.mostStreams - this.#streams.size : 0;
  }

  get streams(): number {
    return this.#streams.size;
  }

  send(exchange: Exchange, now: number): void {
    const { parts } = exchange;
    if (parts === undefined) throw new Error("a request without its parts");
    exchange.sent = now;
    const id = this.next;
    this.next += 2;
    const stream = new Stream(exchange, id, this.#outgoing.window);
    this.#streams.set(id, stream);
    const body = parts.body === undefined || parts.body.length === 0 ? undefined : parts.body;
    this.#outgoing.header(id, this.#blocks.of(parts), body === undefined);
    if (body !== undefined) this.#outgoing.body(stream, body);
    if (this.next > lastStream) this.#leave();
    this.#flushSoon();
  }

  sweep(now: number, detail: string): void {
    for (const stream of this.#streams.values())
      if (stream.exchange.deadline <= now) this.#cancel(stream, "CANCEL", "timeout", detail, now);
    this.#flush();
  }

  /** Ends it; what is under way fails so. */
  close(kind: FailureKind, detail: string, now: number): void {
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    this.#over = true;
    this.open = false;
    this.#reader.stopped = true;
    this.#pool.lost(this);
    this.#socket.destroy();
    for (const { exchange } of streams) exchange.failed(kind, detail, now);
  }

  #onConnect(socket: Socket): void {
    if (this.#pool.origin.protocol === "https:" && (socket as TLSSocket).alpnProtocol !== "h2") {
      return this.#refuse("protocol", noHttp2);
    }
    this.#writer.greet();
    this.#flush();
  }

  #onBytes(bytes: Buffer, length: number): void {
    this.#pool.counts.bytesIn += length;
    this.#now = performance.now();
    this.#isReading = true;
    this.#reader.read(bytes, length);
    this.#isReading = false;
    this.#pool.serve(performance.now());
    this.#flush();
  }

  onWrong(error: ErrorName, detail: string): void {
    if (this.#over) return;
    this.#writer.goAway(error);
    this.#flush();
    this.#refuse("protocol", detail);
  }

  /** All streams together may take so much until the server is told. */
  onTaken(bytes: number): void {
    this.#untold += bytes;
    if (this.#untold < tellAfter) return;
    this.#writer.windowUpdate(0, this.#untold);
    this.#untold = 0;
  }

  onBody(id: number, bytes: Buffer, from: number, to: number, ends: boolean): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    if (stream.head.status < 200) return this.#cancel(stream, "PROTOCOL_ERROR", "protocol", "a body before its header", this.#now);
    stream.take(bytes, from, to);
    stream.untold += to - from;
    if (stream.untold >= tellAfter) {
      this.#writer.windowUpdate(id, stream.untold);
      stream.untold = 0;
    }
    if (ends) this.#complete(stream);
  }

  onHeader(id: number, bytes: Buffer, ends: boolean): string | undefined {
    const block = this.#decoder.decode(bytes, 0, bytes.length);
    if (block === undefined) return "a header block that cannot be decoded";
    const stream = this.#streams.get(id);
    if (stream !== undefined) this.#header(stream, block, ends);
    return undefined;
  }

  #header(stream: Stream, block: Block, ends: boolean): void {
    stream.begun = true;
    if (stream.head.status >= 200) {
      const wrong = wrongInTrailer(block) ?? (ends ? undefined : "a trailer that is not the end");
      if (wrong !== undefined) return this.#cancel(stream, "PROTOCOL_ERROR", "protocol", wrong, this.#now);
    } else {
      stream.open(block);
      // What is only said on the way (100, 103) is no response.
      const wrong = stream.head.wrong ?? (ends && stream.head.status < 200 ? "an end before the response" : undefined);
      if (wrong !== undefined) return this.#cancel(stream, "PROTOCOL_ERROR", "protocol", wrong, this.#now);
    }
    if (ends) this.#complete(stream);
  }

  #complete(stream: Stream): void {
    const { wrong } = stream;
    if (wrong !== undefined) return this.#cancel(stream, "PROTOCOL_ERROR", "protocol", wrong, this.#now);
    // An answer that does not wait for all of the request makes the rest of it needless.
    if (stream.rest !== undefined) this.#writer.reset(stream.id, "NO_ERROR");
    this.#served++;
    this.#forget(stream);
    stream.exchange.received(stream, this.#now);
  }

  #cancel(stream: Stream, error: ErrorName, kind: FailureKind, detail: string, now: number): void {
    this.#writer.reset(stream.id, error);
    this.#forget(stream);
    stream.exchange.failed(kind, detail, now);
  }

  #forget(stream: Stream): void {
    this.#streams.delete(stream.id);
    this.#outgoing.forget(stream);
    if (this.#farewell !== undefined && this.#streams.size === 0) this.close("reset", this.#farewell, this.#now);
  }

  onReset(id: number, code: number): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    this.#forget(stream);
    const name = errorName(code);
    if (name === "REFUSED_STREAM" && stream.exchange.attempts < mostAttempts) return this.#again(stream.exchange);
    stream.exchange.failed(name === "HTTP_1_1_REQUIRED" ? "protocol" : "reset", `the stream was reset: ${name}`, this.#now);
  }

  onSettings(bytes: Buffer, from: number, to: number): string | undefined {
    // First the acknowledgement: what is sent because of the new settings has to come after it.
    this.#writer.head(0, frameType.settings, flag.ack, 0);
    const wrong = this.#peer.take(bytes, from, to);
    if (wrong !== undefined) return wrong;
    if (this.#farewell === undefined) this.open = true;
    return undefined;
  }

  onPing(bytes: Buffer): void {
    this.#writer.pong(bytes);
  }

  onWindow(id: number, by: number): string | undefined {
    return this.#outgoing.widen(this.#streams.get(id), id, by);
  }

  /** The server leaves: what it has not looked at goes elsewhere, the rest may end. */
  onGoAway(last: number, code: number): void {
    this.#farewell = `the server left: ${errorName(code)}`;
    this.#leave();
    for (const stream of [...this.#streams.values()].filter(({ id }) => id > last)) {
      this.#streams.delete(stream.id);
      this.#outgoing.forget(stream);
      if (stream.exchange.attempts < mostAttempts) this.#again(stream.exchange);
      else stream.exchange.failed("reset", this.#farewell, performance.now());
    }
    if (this.#streams.size === 0) this.close("reset", this.#farewell, this.#now);
  }

  #leave(): void {
    this.#farewell ??= "its streams are used up";
    this.open = false;
    this.#pool.lost(this);
  }

  #again(exchange: Exchange): void {
    exchange.attempts++;
    this.#pool.counts.retried++;
    this.#pool.again(exchange, performance.now());
  }

  #onClose(): void {
    if (this.#over) return;
    const error = this.#error;
    const kind = error === undefined ? "reset" : kindOfError(error);
    // A server may close a connection that was idle while the next request is on its way: then it is sent again, where that does no harm.
    for (const { id, exchange, begun } of this.#streams.values()) {
      if (begun || !exchange.repeatable || this.#served === 0 || exchange.attempts > 0) continue;
      this.#streams.delete(id);
      this.open = false;
      this.#again(exchange);
    }
    if (error?.code?.includes("NO_APPLICATION_PROTOCOL") === true) return this.#refuse("protocol", noHttp2);
    this.#refuse(kind, this.#farewell ?? error?.message ?? "the connection was closed without a response");
    this.#pool.serve(performance.now());
  }

  #refuse(kind: FailureKind, detail: string): void {
    const wasOpen = this.open || this.#served > 0 || this.#farewell !== undefined;
    const now = performance.now();
    this.close(kind, detail, now);
    if (!wasOpen) this.#pool.unreachable(kind, detail, now);
  }

  #flushSoon(): void {
    if (this.#isReading || this.#willFlush) return;
    this.#willFlush = true;
    queueMicrotask(this.#flush);
  }

  readonly #flush = (): void => {
    this.#willFlush = false;
    if (this.#writer.length === 0) return;
    const bytes = this.#writer.take();
    if (this.#over) return;
    this.#pool.counts.bytesOut += bytes.length;
    this.#socket.write(bytes);
  };
}
