/**
 * Where a response ends (RFC 9112, section 6): read byte by byte as it comes, in place. A body is counted, and kept only where somebody asks;
 * a head is copied only when it came in pieces.
 */
import { digitOf, isHexadecimal, isToken, isValue } from "./characters.ts";
import { emptyHead, endOfHead, readHead } from "./response-head.ts";

/** What the reader is in. */
const [inHead, inLength, inRest, inSize, inExtension, inSizeEnd, inChunk, inChunkEnd, inTrailer, inDone, inFailed] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
];

/** A head of more bytes than this is refused. Node's own client stops at 16 KB. */
export const largestHead = 65_536;
/** A chunk of more digits than this is refused, and so are extensions and trailers of more bytes together than a head may have. */
const mostSizeDigits = 12;

const nothing: Buffer = Buffer.alloc(0);

export class ResponseReader {
  readonly head = emptyHead();
  /** Bytes of the body as they came, without what frames them. */
  bodyBytes = 0;
  /** First and last byte of the body, -1 when it is empty. */
  first = -1;
  last = -1;
  /** Bytes of the head with its head; where `head.typeFrom` points into. Only whole until the next chunk is read. */
  headBytes: Uint8Array = new Uint8Array(0);
  /** The kept body, when `keep` was set before it came. */
  parts: Buffer[] = [];
  /** Header fields are wanted as text. */
  keepFields = false;
  fields = "";
  keep = false;
  /** What is wrong with the response. */
  wrong: string | undefined;

  #state = inHead;
  #bodiless = false;
  #held: Buffer | undefined;
  #heldLength = 0;
  #left = 0;
  #digits = 0;
  #framing = 0;
  #seen = 0;
  /** The last head that was whole: most responses of a connection have the same one, which then is not read again. */
  #known: Buffer = nothing;
  #knownAt = 0;

  /** Makes ready for the next response; `bodiless` for one to HEAD, which has a length and no body. */
  reset(bodiless: boolean): void {
    this.#state = inHead;
    this.#bodiless = bodiless;
    this.bodyBytes = 0;
    this.first = this.last = -1;
    this.wrong = undefined;
    this.#heldLength = 0;
    this.#seen = 0;
    this.#framing = 0;
    if (this.parts.length > 0) this.parts = [];
  }

  get done(): boolean {
    return this.#state === inDone;
  }

  get failed(): boolean {
    return this.#state === inFailed;
  }

  /** Something of the response has come. */
  get begun(): boolean {
    return this.#seen > 0;
  }

  /** The head is complete, so that the status is known. */
  get headed(): boolean {
    return this.#state !== inHead && this.#state !== inFailed;
  }

  /** Reads `chunk[from..to)` and gives the place behind what belongs to this response. */
  read(chunk: Buffer, from: number, to: number): number {
    let at = from;
    this.#seen += to - from;
    while (at < to && this.#state < inDone) {
      if (this.#state === inHead) at = this.#readHead(chunk, at, to);
      else if (this.#state === inLength || this.#state === inChunk) at = this.#take(chunk, at, to);
      else if (this.#state === inRest) {
        this.#body(chunk, at, to);
        at = to;
      } else at = this.#readFraming(chunk, at, to);
    }
    return at;
  }

  /** The connection has ended: that ends a body without a length, and breaks any other. */
  end(): void {
    if (this.#state === inRest) this.#state = inDone;
    else if (this.#state < inDone) {
      this.#fail(
        this.#state === inHead
          ? this.#seen === 0
            ? "the connection was closed without a response"
            : "the connection was closed within the header"
          : "the connection was closed before the body was complete",
      );
    }
  }

  #fail(wrong: string): void {
    this.wrong = wrong;
    this.#state = inFailed;
  }

  #readHead(chunk: Buffer, from: number, to: number): number {
    let start = from;
    if (this.#heldLength === 0) {
      // Empty lines before a response are left out, as RFC 9112 (2.2) asks of servers and Node does here too.
      while (start < to && (chunk[start] === 13 || chunk[start] === 10)) start++;
      if (start === to) return to;
      if (this.#isKnown(chunk, start, to)) {
        const { head } = this;
        head.typeFrom += start - this.#knownAt;
        head.typeTo += start - this.#knownAt;
        this.#knownAt = start;
        const end = start + this.#known.length;
        this.#begin(chunk, start, end);
        return end;
      }
      const end = endOfHead(chunk, start, to);
      if (end > 0) return this.#headed(chunk, start, end) ? end : to;
      const wrong = start + 5 <= to && chunk.toString("latin1", start, start + 5) !== "HTTP/";
      if (wrong) {
        this.#fail("no HTTP/1.1 status line");
        return to;
      }
    }
    // What is there of it is kept, and looked through again from three bytes before the new.
    this.#hold(chunk, start, to);
    const held = this.#held as Buffer;
    const end = endOfHead(held, Math.max(0, this.#heldLength - (to - start) - 3), this.#heldLength);
    if (end < 0) {
      if (this.#heldLength > largestHead) this.#fail("a header of more than 64 KB");
      return to;
    }
    const rest = this.#heldLength - end;
    this.#heldLength = 0;
    return this.#headed(held, 0, end) ? to - rest : to;
  }

  #isKnown(chunk: Buffer, from: number, to: number): boolean {
    const known = this.#known;
    const { length } = known;
    if (length === 0 || to - from < length) return false;
    for (let at = 0; at < length; at++) if (known[at] !== chunk[from + at]) return false;
    return true;
  }

  #hold(chunk: Buffer, from: number, to: number): void {
    const length = this.#heldLength + to - from;
    if (this.#held === undefined || this.#held.length < length) {
      const larger = Buffer.allocUnsafe(Math.max(2048, length * 2));
      this.#held?.copy(larger, 0, 0, this.#heldLength);
      this.#held = larger;
    }
    chunk.copy(this.#held, this.#heldLength, from, to);
    this.#heldLength = length;
  }

  /** Decides by a whole head how the body ends. False when the response is refused. */
  #headed(bytes: Buffer, from: number, to: number): boolean {
    const { head } = this;
    this.#known = nothing;
    if (to - from > largestHead) this.#fail("a header of more than 64 KB");
    else {
      const wrong = readHead(bytes, from, to, head);
      if (wrong !== undefined) this.#fail(wrong);
    }
    if (this.#state === inFailed) return false;
    // What is only said on the way (100, 103) is no response; 101 speaks another protocol from here on.
    if (head.status < 200) {
      if (head.status !== 101) return true;
      this.#fail("a switch of protocols that nobody asked for");
      return false;
    }
    this.#begin(bytes, from, to);
    // One whose body ends with the connection comes once.
    if (this.#state !== inRest) {
      this.#known = Buffer.from(bytes.subarray(from, to));
      this.#knownAt = from;
    }
    return true;
  }

  /** The head is read: the body begins. */
  #begin(bytes: Buffer, from: number, to: number): void {
    const { head } = this;
    this.headBytes = bytes;
    if (this.keepFields) this.fields = bytes.toString("latin1", from, to);
    if (this.#bodiless || head.status === 204 || head.status === 304) this.#state = inDone;
    else if (head.chunked) {
      this.#state = inSize;
      this.#left = this.#digits = 0;
    } else if (head.coded || head.length < 0) {
      this.#state = inRest;
      head.persistent = false;
    } else {
      this.#left = head.length;
      this.#state = head.length === 0 ? inDone : inLength;
    }
  }

  #body(chunk: Buffer, from: number, to: number): void {
    if (from === to) return;
    if (this.first < 0) this.first = chunk[from] ?? -1;
    this.last = chunk[to - 1] ?? -1;
    this.bodyBytes += to - from;
    // The bytes lie where the next read will write.
    if (this.keep) this.parts.push(Buffer.from(chunk.subarray(from, to)));
  }

  /** Bytes of which it is known how many there are. */
  #take(chunk: Buffer, from: number, to: number): number {
    const end = Math.min(to, from + this.#left);
    this.#body(chunk, from, end);
    this.#left -= end - from;
    if (this.#left === 0) this.#state = this.#state === inLength ? inDone : inChunkEnd;
    if (this.#state === inChunkEnd) this.#digits = 0;
    return end;
  }

  /** Everything between chunks, one byte at a time: "5;ext=1", the line ends, the trailer. */
  #readFraming(chunk: Buffer, from: number, to: number): number {
    let at = from;
    while (at < to && this.#state < inDone) {
      const byte = chunk[at] ?? 0;
      at++;
      if (this.#state === inSize) this.#size(byte);
      else if (this.#state === inExtension) this.#extension(byte);
      else if (this.#state === inSizeEnd) this.#sizeEnd(byte);
      else if (this.#state === inChunkEnd) this.#chunkEnd(byte);
      else this.#trailer(byte);
      if (this.#state === inChunk) break;
    }
    return at;
  }

  #size(byte: number): void {
    if (isHexadecimal(byte)) {
      this.#left = this.#left * 16 + digitOf(byte);
      if (++this.#digits > mostSizeDigits) this.#fail("a chunk whose size is no number");
    } else if (this.#digits === 0) this.#fail("a chunk whose size is no number");
    else if (byte === 13) this.#state = inSizeEnd;
    else if (byte === 59) this.#state = inExtension;
    else this.#fail("a chunk whose size is no number");
  }

  #extension(byte: number): void {
    if (byte === 13) this.#state = inSizeEnd;
    else if (!isValue(byte)) this.#fail("a control character in a chunk extension");
    else this.#frame();
  }

  #sizeEnd(byte: number): void {
    if (byte !== 10) this.#fail("a line that ends without a line feed");
    else if (this.#left > 0) this.#state = inChunk;
    else {
      this.#state = inTrailer;
      this.#digits = 0;
    }
  }

  #chunkEnd(byte: number): void {
    if (byte !== (this.#digits === 0 ? 13 : 10)) this.#fail("a chunk that is longer than it says");
    else if (++this.#digits === 2) {
      this.#state = inSize;
      this.#left = this.#digits = 0;
    }
  }

  /** Lines of fields up to the empty one. `#digits`: 0 at the start of a line, 1 in a name, 2 in a value, 3 after its CR, 4 after the CR of the empty line. */
  #trailer(byte: number): void {
    this.#frame();
    const place = this.#digits;
    if (place === 0 && byte === 13) this.#digits = 4;
    else if (place <= 1 && isToken(byte)) this.#digits = 1;
    else if (place === 1 && byte === 58) this.#digits = 2;
    else if (place === 2 && isValue(byte)) return;
    else if (place === 2 && byte === 13) this.#digits = 3;
    else if (place === 3 && byte === 10) this.#digits = 0;
    else if (place === 4 && byte === 10) this.#state = inDone;
    else this.#fail("a malformed trailer");
  }

  #frame(): void {
    if (++this.#framing > largestHead) this.#fail("chunk extensions or trailers of more than 64 KB");
  }
}
