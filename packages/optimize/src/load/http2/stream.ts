/** One request and its response over HTTP/2. */
import type { Exchange, Received } from "../exchange.ts";
import type { Block } from "./header-decoder.ts";
import { headOf, type FieldsHead } from "./response-fields.ts";

const nothing: FieldsHead = { status: 0, length: -1, encoded: false, type: "", typeBytes: Buffer.alloc(0) };

export class Stream implements Received {
  readonly exchange: Exchange;
  readonly id: number;
  bodyBytes = 0;
  first = -1;
  last = -1;
  head = nothing;
  /** Something of the response has come. */
  begun = false;
  /** What of the request's body was not sent yet. */
  rest: Buffer | undefined;
  /** Bytes that the server takes of it. */
  window: number;
  /** Bytes of its response that the server does not know to be taken. */
  untold = 0;
  #fields: Block["fields"] = [];
  #parts: Buffer[] = [];

  constructor(exchange: Exchange, id: number, window: number) {
    this.exchange = exchange;
    this.id = id;
    this.window = window;
  }

  /** Takes the fields of the response. */
  open(block: Block): void {
    this.head = headOf(block);
    this.#fields = block.fields;
  }

  take(bytes: Buffer, from: number, to: number): void {
    if (from === to) return;
    if (this.first < 0) this.first = bytes[from] ?? -1;
    this.last = bytes[to - 1] ?? -1;
    this.bodyBytes += to - from;
    // The bytes lie where the next read will write.
    if (this.exchange.keepBody) this.#parts.push(Buffer.from(bytes.subarray(from, to)));
  }

  /** What is wrong with it as a whole. */
  get wrong(): string | undefined {
    const { status, length } = this.head;
    if (this.exchange.bodiless || status === 204 || status === 304) return this.bodyBytes > 0 ? "a body where none may be" : undefined;
    return length >= 0 && length !== this.bodyBytes ? "a body that is not as long as it says" : undefined;
  }

  get status(): number {
    return this.head.status;
  }
  get encoded(): boolean {
    return this.head.encoded;
  }
  typeIs(expected: Uint8Array): boolean {
    return this.head.typeBytes.length === 0 || this.head.typeBytes.equals(expected);
  }
  type(): string {
    return this.head.type;
  }
  body(): Buffer {
    return Buffer.concat(this.#parts);
  }
  field(name: string): string[] {
    return this.#fields.flatMap((field) => (field.name === name ? [field.value] : []));
  }
}
