/** Frames to what they say: each of them where it may stand, and as long as it has to be (RFC 9113, section 6). */
import { flag, frameType, greatestWindow, type ErrorName, type FrameHandler } from "./frames.ts";
import { HeaderFrames } from "./header-frames.ts";

/** Whom a connection's frames are told; a text that is given back says what is wrong. */
export interface FrameUser {
  /** Number of the stream that is opened next: up to there nobody may send. */
  readonly next: number;
  readonly onHeader: (stream: number, block: Buffer, ends: boolean) => string | undefined;
  /** A piece of a body, which begins at `from`. */
  readonly onBody: (stream: number, bytes: Buffer, from: number, to: number, ends: boolean) => void;
  /** Bytes that count for what the server may send, padding too. */
  readonly onTaken: (bytes: number) => void;
  readonly onReset: (stream: number, code: number) => void;
  readonly onSettings: (bytes: Buffer, from: number, to: number) => string | undefined;
  readonly onPing: (bytes: Buffer) => void;
  readonly onGoAway: (last: number, code: number) => void;
  readonly onWindow: (stream: number, by: number) => string | undefined;
  readonly onWrong: (error: ErrorName, detail: string) => void;
}

const wrongLength = "a frame of a wrong length";
const nobodys = "a frame on a stream that nobody opened";
/** Frames that are about the connection. */
const ofConnection: ReadonlySet<number> = new Set([frameType.settings, frameType.ping, frameType.goAway]);

export class IncomingFrames implements FrameHandler {
  readonly #user: FrameUser;
  readonly #headers: HeaderFrames;

  constructor(user: FrameUser) {
    this.#user = user;
    this.#headers = new HeaderFrames((stream, block, ends) => user.onHeader(stream, block, ends));
  }

  onWrong(error: ErrorName, detail: string): void {
    this.#user.onWrong(error, detail);
  }

  onData(flags: number, stream: number, bytes: Buffer, from: number, to: number, last: boolean): void {
    const wrong = this.#misplaced(frameType.data, stream);
    if (wrong !== undefined) return this.#user.onWrong("PROTOCOL_ERROR", wrong);
    this.#user.onTaken(to - from);
    this.#user.onBody(stream, bytes, from, to, last && (flags & flag.endStream) !== 0);
  }

  onFrame(type: number, flags: number, stream: number, bytes: Buffer, from: number, to: number): void {
    const wrong = this.#misplaced(type, stream) ?? this.#read(type, flags, stream, bytes, from, to);
    if (wrong !== undefined) this.#user.onWrong(wrong.startsWith("a header block") ? "COMPRESSION_ERROR" : "PROTOCOL_ERROR", wrong);
  }

  #misplaced(type: number, stream: number): string | undefined {
    if (this.#headers.isOpen && type !== frameType.continuation) return "a header that breaks off";
    // What is not known is left out.
    if (type > frameType.continuation) return undefined;
    if (type !== frameType.windowUpdate && ofConnection.has(type) !== (stream === 0)) return "a frame on a stream that cannot have it";
    const isOpened = stream === 0 || type === frameType.priority || (stream < this.#user.next && stream % 2 === 1);
    return isOpened ? undefined : nobodys;
  }

  #read(type: number, flags: number, stream: number, bytes: Buffer, from: number, to: number): string | undefined {
    const user = this.#user;
    const length = to - from;
    switch (type) {
      case frameType.data: {
        const padding = bytes[from] ?? 0;
        if (length === 0 || padding >= length) return "a frame that is padded with more than it has";
        user.onTaken(length);
        user.onBody(stream, bytes, from + 1, to - padding, (flags & flag.endStream) !== 0);
        return undefined;
      }
      case frameType.headers:
        return this.#headers.begin(flags, stream, bytes, from, to);
      case frameType.continuation:
        return this.#headers.goOn(flags, stream, bytes, from, to);
      case frameType.reset:
        if (length === 4) user.onReset(stream, bytes.readUInt32BE(from));
        return length === 4 ? undefined : wrongLength;
      case frameType.settings:
        if ((flags & flag.ack) !== 0) return length === 0 ? undefined : wrongLength;
        return user.onSettings(bytes, from, to);
      case frameType.push:
        return "a push that was not allowed";
      case frameType.ping:
        if (length === 8 && (flags & flag.ack) === 0) user.onPing(bytes.subarray(from, to));
        return length === 8 ? undefined : wrongLength;
      case frameType.goAway:
        if (length >= 8) user.onGoAway(bytes.readUInt32BE(from) & greatestWindow, bytes.readUInt32BE(from + 4));
        return length >= 8 ? undefined : wrongLength;
      case frameType.windowUpdate:
        return length === 4 ? user.onWindow(stream, bytes.readUInt32BE(from) & greatestWindow) : wrongLength;
      case frameType.priority:
        return length === 5 ? undefined : wrongLength;
      default:
        return undefined;
    }
  }
}
