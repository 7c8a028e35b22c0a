/** A header in one HEADERS frame, or in several that go on (RFC 9113, section 6.2 and 6.10). */
import { flag } from "./frames.ts";
import { largestHead } from "../http1/response-reader.ts";

/** Gives what is wrong. */
type OnHeader = (stream: number, block: Buffer, ends: boolean) => string | undefined;

export class HeaderFrames {
  readonly #onHeader: OnHeader;
  #stream = 0;
  #ends = false;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(onHeader: OnHeader) {
    this.#onHeader = onHeader;
  }

  /** More of a header has to come next. */
  get isOpen(): boolean {
    return this.#stream !== 0;
  }

  begin(flags: number, stream: number, bytes: Buffer, from: number, to: number): string | undefined {
    let [start, padding] = [from, 0];
    if ((flags & flag.padded) !== 0) padding = bytes[start++] ?? 0;
    if ((flags & flag.priority) !== 0) start += 5;
    if (start + padding > to) return "a frame that is padded with more than it has";
    const ends = (flags & flag.endStream) !== 0;
    const block = bytes.subarray(start, to - padding);
    if ((flags & flag.endHeaders) !== 0) return this.#onHeader(stream, block, ends);
    [this.#stream, this.#ends, this.#parts, this.#length] = [stream, ends, [Buffer.from(block)], block.length];
    return undefined;
  }

  goOn(flags: number, stream: number, bytes: Buffer, from: number, to: number): string | undefined {
    if (stream !== this.#stream) return "a header that breaks off";
    this.#parts.push(Buffer.from(bytes.subarray(from, to)));
    this.#length += to - from;
    if (this.#length > largestHead) return "a header of more than 64 KB";
    // Empty pieces without end would be counted by nobody.
    if (this.#parts.length > 1000) return "a header in more than 1000 pieces";
    if ((flags & flag.endHeaders) === 0) return undefined;
    const [ends, block] = [this.#ends, Buffer.concat(this.#parts)];
    this.#stream = 0;
    this.#parts = [];
    return this.#onHeader(stream, block, ends);
  }
}
