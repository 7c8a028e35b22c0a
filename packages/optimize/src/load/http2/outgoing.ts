/** What is sent for requests: headers in as many frames as they need, bodies as far as the server takes them (RFC 9113, section 5.2). */
import { flag, frameType, greatestWindow, usualFrameSize, usualWindow, type FrameWriter } from "./frames.ts";
import type { Stream } from "./stream.ts";

export class Outgoing {
  /** Bytes of a body that the server takes on a new stream. */
  window = usualWindow;
  frameSize = usualFrameSize;
  readonly #writer: FrameWriter;
  readonly #blocked = new Set<Stream>();
  /** Bytes that it takes of all streams together. */
  #all = usualWindow;

  constructor(writer: FrameWriter) {
    this.#writer = writer;
  }

  header(stream: number, block: Buffer, ends: boolean): void {
    const endStream = ends ? flag.endStream : 0;
    if (block.length <= this.frameSize) {
      this.#writer.head(block.length, frameType.headers, flag.endHeaders | endStream, stream);
      this.#writer.bytes(block);
      return;
    }
    for (let at = 0; at < block.length; at += this.frameSize) {
      const part = block.subarray(at, at + this.frameSize);
      const last = at + this.frameSize >= block.length ? flag.endHeaders : 0;
      this.#writer.head(part.length, at === 0 ? frameType.headers : frameType.continuation, (at === 0 ? endStream : 0) | last, stream);
      this.#writer.bytes(part);
    }
  }

  body(stream: Stream, body: Buffer): void {
    stream.rest = body;
    this.#go(stream);
  }

  #go(stream: Stream): void {
    while (stream.rest !== undefined) {
      const size = Math.min(stream.rest.length, this.#all, stream.window, this.frameSize);
      if (size <= 0) {
        this.#blocked.add(stream);
        return;
      }
      const isLast = size === stream.rest.length;
      this.#writer.head(size, frameType.data, isLast ? flag.endStream : 0, stream.id);
      this.#writer.bytes(stream.rest.subarray(0, size));
      stream.rest = isLast ? undefined : stream.rest.subarray(size);
      stream.window -= size;
      this.#all -= size;
    }
    this.#blocked.delete(stream);
  }

  /** The server takes more of a stream, or of all (number 0). Gives what is wrong. */
  widen(stream: Stream | undefined, number: number, by: number): string | undefined {
    if (by === 0) return "a window that grows by nothing";
    if (number === 0) {
      this.#all += by;
      if (this.#all > greatestWindow) return "a window beyond all numbers";
      for (const one of this.#blocked) this.#go(one);
    } else if (stream !== undefined) {
      stream.window += by;
      if (stream.window > greatestWindow) return "a window beyond all numbers";
      if (this.#blocked.has(stream)) this.#go(stream);
    }
    return undefined;
  }

  /** All streams begin with another window, also those that have begun. */
  setWindow(window: number, streams: Iterable<Stream>): string | undefined {
    const by = window - this.window;
    this.window = window;
    for (const stream of streams) {
      stream.window += by;
      if (stream.window > greatestWindow) return "a window beyond all numbers";
      if (by > 0 && this.#blocked.has(stream)) this.#go(stream);
    }
    return undefined;
  }

  forget(stream: Stream): void {
    stream.rest = undefined;
    if (this.#blocked.size > 0) this.#blocked.delete(stream);
  }
}
