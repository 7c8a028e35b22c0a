/** Frames of HTTP/2 (RFC 9113, section 4 and 6): their numbers, reading them from bytes that come in any pieces, and writing them. */

export const frameType = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;
export const flag = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 } as const;
export const setting = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
  maxHeaderListSize: 6,
} as const;

/** Codes of errors by their place. */
export const errorNames = [
  "NO_ERROR",
  "PROTOCOL_ERROR",
  "INTERNAL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "REFUSED_STREAM",
  "CANCEL",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
  "ENHANCE_YOUR_CALM",
  "INADEQUATE_SECURITY",
  "HTTP_1_1_REQUIRED",
] as const;
export type ErrorName = (typeof errorNames)[number];
export const errorName = (code: number): string => errorNames[code] ?? `error ${code}`;

/** What begins a connection, before the first frame of a client. */
export const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");
const headLength = 9;
/** The longest payload of a frame that may be sent to us, and to anybody who has not allowed more. */
export const usualFrameSize = 16_384;
export const greatestWindow = 0x7fff_ffff;
export const usualWindow = 65_535;

export interface FrameHandler {
  /** A whole frame: its payload is `bytes[from..to)`. */
  readonly onFrame: (type: number, flags: number, stream: number, bytes: Buffer, from: number, to: number) => void;
  /** A piece of the payload of DATA; `last` with the last piece of a frame. */
  readonly onData: (flags: number, stream: number, bytes: Buffer, from: number, to: number, last: boolean) => void;
  /** The bytes are no frames. */
  readonly onWrong: (error: ErrorName, detail: string) => void;
}

export class FrameReader {
  /** Nothing more is read. */
  stopped = false;
  readonly #handler: FrameHandler;
  readonly #head = Buffer.alloc(headLength);
  #headed = 0;
  #isFirst = true;
  #type = -1;
  #flags = 0;
  #stream = 0;
  #left = 0;
  #held: Buffer | undefined;
  #heldLength = 0;

  constructor(handler: FrameHandler) {
    this.#handler = handler;
  }

  /** Reads `chunk[0..to)`; what is handed on lies there, or in memory that is written over with the next frame. */
  read(chunk: Buffer, to: number): void {
    let at = 0;
    while (!this.stopped) {
      if (this.#type < 0) {
        at = this.#readHead(chunk, at, to);
        if (this.#type < 0) return;
      }
      if (this.#type === frameType.data && (this.#flags & flag.padded) === 0) {
        const end = Math.min(to, at + this.#left);
        this.#left -= end - at;
        const isLast = this.#left === 0;
        if (isLast) this.#type = -1;
        if (isLast || end > at) this.#handler.onData(this.#flags, this.#stream, chunk, at, end, isLast);
        at = end;
      } else at = this.#take(chunk, at, to);
      if (at === to && this.#type >= 0) return;
    }
  }

  #readHead(chunk: Buffer, from: number, to: number): number {
    let [head, place, at] = [chunk, from, from + headLength];
    if (this.#headed > 0 || to - from < headLength) {
      at = Math.min(to, from + headLength - this.#headed);
      chunk.copy(this.#head, this.#headed, from, at);
      this.#headed += at - from;
      if (this.#headed < headLength) return at;
      this.#headed = 0;
      [head, place] = [this.#head, 0];
    }
    const length = head.readUIntBE(place, 3);
    const type = head[place + 3] ?? 0;
    if (this.#isFirst && type !== frameType.settings) {
      const isOlder = head.toString("latin1", place, place + 5) === "HTTP/";
      this.#wrong("PROTOCOL_ERROR", isOlder ? "it answers in HTTP/1.1: it does not speak HTTP/2" : "it does not begin as HTTP/2 does");
      return at;
    }
    if (length > usualFrameSize) {
      this.#wrong("FRAME_SIZE_ERROR", "a frame that is longer than allowed");
      return at;
    }
    this.#isFirst = false;
    this.#type = type;
    this.#flags = head[place + 4] ?? 0;
    this.#stream = head.readUInt32BE(place + 5) & greatestWindow;
    this.#left = length;
    return at;
  }

  /** A frame that is handed on whole; it is copied only when it came in pieces. */
  #take(chunk: Buffer, from: number, to: number): number {
    const end = Math.min(to, from + this.#left);
    const [type, isWhole] = [this.#type, end - from === this.#left];
    if (isWhole && this.#heldLength === 0) {
      this.#type = -1;
      this.#handler.onFrame(type, this.#flags, this.#stream, chunk, from, end);
      return end;
    }
    this.#held ??= Buffer.allocUnsafe(usualFrameSize);
    chunk.copy(this.#held, this.#heldLength, from, end);
    this.#heldLength += end - from;
    this.#left -= end - from;
    if (!isWhole) return end;
    const length = this.#heldLength;
    this.#type = -1;
    this.#heldLength = 0;
    this.#handler.onFrame(type, this.#flags, this.#stream, this.#held, 0, length);
    return end;
  }

  #wrong(error: ErrorName, detail: string): void {
    this.stopped = true;
    this.#handler.onWrong(error, detail);
  }
}

/** Frames that wait to be written together. */
export class FrameWriter {
  #bytes = Buffer.allocUnsafe(16_384);
  length = 0;

  /** Makes room for a frame and writes its head; the payload follows. */
  head(length: number, type: number, flags: number, stream: number): void {
    this.#need(headLength + length);
    this.length = this.#bytes.writeUIntBE(length, this.length, 3);
    this.#bytes[this.length++] = type;
    this.#bytes[this.length++] = flags;
    this.length = this.#bytes.writeUInt32BE(stream, this.length);
  }

  bytes(from: Uint8Array): void {
    this.#need(from.length);
    this.#bytes.set(from, this.length);
    this.length += from.length;
  }

  number(value: number): void {
    this.#need(4);
    this.length = this.#bytes.writeUInt32BE(value >>> 0, this.length);
  }

  /** What a client begins with: no pushes, and windows as large as they can be, so that nothing waits for us. */
  greet(): void {
    this.bytes(preface);
    this.settings([
      [setting.enablePush, 0],
      [setting.initialWindowSize, greatestWindow],
    ]);
    this.windowUpdate(0, greatestWindow - usualWindow);
  }

  reset(stream: number, error: ErrorName): void {
    this.head(4, frameType.reset, 0, stream);
    this.number(errorNames.indexOf(error));
  }

  windowUpdate(stream: number, by: number): void {
    this.head(4, frameType.windowUpdate, 0, stream);
    this.number(by);
  }

  settings(values: readonly (readonly [id: number, value: number])[]): void {
    this.head(6 * values.length, frameType.settings, 0, 0);
    for (const [id, value] of values) {
      this.length = this.#bytes.writeUInt16BE(id, this.length);
      this.number(value);
    }
  }

  goAway(error: ErrorName): void {
    this.head(8, frameType.goAway, 0, 0);
    this.number(0);
    this.number(errorNames.indexOf(error));
  }

  pong(bytes: Uint8Array): void {
    this.head(8, frameType.ping, flag.ack, 0);
    this.bytes(bytes);
  }

  /** What was written, in memory of its own, and an empty writer. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.length));
    this.length = 0;
    return taken;
  }

  #need(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.length + more));
    this.#bytes.copy(larger, 0, 0, this.length);
    this.#bytes = larger;
  }
}
