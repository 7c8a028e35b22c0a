/** What the server allows and asks for (RFC 9113, section 6.5). */
import { greatestWindow, setting, usualFrameSize } from "./frames.ts";
import type { HeaderEncoder } from "./header-encoder.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Stream } from "./stream.ts";

/** More streams than this at the same time only make each of them slower. */
const usualStreams = 100;

export class PeerSettings {
  mostStreams = usualStreams;
  readonly #encoder: HeaderEncoder;
  readonly #outgoing: Outgoing;
  readonly #streams: ReadonlyMap<number, Stream>;

  constructor(encoder: HeaderEncoder, outgoing: Outgoing, streams: ReadonlyMap<number, Stream>) {
    this.#encoder = encoder;
    this.#outgoing = outgoing;
    this.#streams = streams;
  }

  /** Takes a SETTINGS frame; gives what is wrong with it. */
  take(bytes: Buffer, from: number, to: number): string | undefined {
    if ((to - from) % 6 !== 0) return "a frame of a wrong length";
    for (let at = from; at < to; at += 6) {
      const wrong = this.#set(bytes.readUInt16BE(at), bytes.readUInt32BE(at + 2));
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }

  #set(id: number, value: number): string | undefined {
    if (id === setting.headerTableSize) this.#encoder.limit(value);
    else if (id === setting.maxConcurrentStreams) this.mostStreams = Math.min(usualStreams, value);
    else if (id === setting.enablePush) return value === 0 ? undefined : "a setting that no server may have";
    else if (id === setting.maxFrameSize) {
      if (value < usualFrameSize || value > 0xff_ffff) return "a size of frames that none may have";
      this.#outgoing.frameSize = value;
    } else if (id === setting.initialWindowSize) {
      return value > greatestWindow ? "a window beyond all numbers" : this.#outgoing.setWindow(value, this.#streams.values());
    }
    return undefined;
  }
}
