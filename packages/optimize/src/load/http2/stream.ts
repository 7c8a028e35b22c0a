/** One request and its response over HTTP/2. */
import type { ClientHttp2Stream, IncomingHttpHeaders, IncomingHttpStatusHeader } from "node:http2";
import type { Exchange, Received } from "../exchange.ts";
import { kindOfError, type FailureKind } from "../failures.ts";

export class Stream implements Received {
  readonly exchange: Exchange;
  status = 0;
  bodyBytes = 0;
  first = -1;
  last = -1;
  readonly #request: ClientHttp2Stream;
  readonly #onOver: () => void;
  readonly #parts: Buffer[] = [];
  #headers: IncomingHttpHeaders = {};
  #ended = false;
  #over = false;
  #error: NodeJS.ErrnoException | undefined;

  constructor(exchange: Exchange, request: ClientHttp2Stream, onOver: () => void) {
    this.exchange = exchange;
    this.#request = request;
    this.#onOver = onOver;
    request.on("response", (headers: IncomingHttpHeaders & IncomingHttpStatusHeader) => {
      this.status = headers[":status"] ?? 0;
      this.#headers = headers;
    });
    request.on("data", (data: Buffer) => {
      if (this.first < 0) this.first = data[0] ?? -1;
      this.last = data[data.length - 1] ?? -1;
      this.bodyBytes += data.length;
      if (exchange.keepBody) this.#parts.push(data);
    });
    request.on("end", () => {
      this.#ended = true;
      // A stream that was reset ends too; its error comes next.
      if (request.rstCode === 0 && this.status > 0) this.#complete();
    });
    request.on("error", (error: NodeJS.ErrnoException) => void (this.#error ??= error));
    request.on("close", () => this.#closed());
  }

  #complete(): void {
    if (this.#over) return;
    this.#finish();
    this.exchange.received(this, performance.now());
  }

  #closed(): void {
    if (this.#over) return;
    if (this.#ended && this.#error === undefined && this.status > 0 && this.#request.rstCode === 0) return this.#complete();
    const error = this.#error;
    if (error === undefined) this.give("reset", "the stream was closed without a response", performance.now());
    else this.give(kindOfSession(error), error.message, performance.now());
  }

  /** Ends it as failed. */
  give(kind: FailureKind, detail: string, now: number): void {
    if (this.#over) return;
    this.#finish();
    this.#request.close();
    this.exchange.failed(kind, detail, now);
  }

  #finish(): void {
    this.#over = true;
    this.#onOver();
  }

  get encoded(): boolean {
    return this.#headers["content-encoding"] !== undefined && this.#headers["content-encoding"] !== "identity";
  }
  typeIs(expected: Uint8Array): boolean {
    const type = this.type();
    return type === "" || type === Buffer.from(expected).toString("latin1");
  }
  type(): string {
    return this.#headers["content-type"] ?? "";
  }
  body(): Buffer {
    return Buffer.concat(this.#parts);
  }
  field(name: string): string[] {
    const value = this.#headers[name];
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  }
}

/** What does not speak HTTP/2 breaks the session, not the socket. */
function kindOfSession(error: NodeJS.ErrnoException): FailureKind {
  return (error.code ?? "").startsWith("ERR_HTTP2") ? "protocol" : kindOfError(error);
}
