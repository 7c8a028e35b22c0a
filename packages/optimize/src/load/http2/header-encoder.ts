/** Fields to header blocks (HPACK, RFC 7541), without the Huffman code: what is said again is a number anyway. */
import { fixedFields, HeaderTable, usualTableSize, type Field } from "./header-table.ts";

export interface SentField extends Field {
  /** Another request is likely to say something else: it is not worth a place in the table. */
  readonly varies: boolean;
}

const keyOf = (name: string, value: string): string => `${name}\0${value}`;
const fixed = new Map<string, number>();
for (const [place, { name, value }] of fixedFields.entries()) {
  if (!fixed.has(name)) fixed.set(name, place + 1);
  fixed.set(keyOf(name, value), place + 1);
}

export class HeaderEncoder {
  readonly #table = new HeaderTable();
  readonly #ordinals = new Map<string, number>();
  #bytes = Buffer.allocUnsafe(1024);
  #length = 0;
  /** Limits that the other end has set and was not yet told that they are kept: the least, and the last. */
  #told: readonly [least: number, last: number] | undefined;

  /** Changes with the table: until then a block that puts nothing in can be sent again. */
  version = 0;

  /** A block that was made before would leave out what has to be told. */
  get mustTell(): boolean {
    return this.#told !== undefined;
  }

  /** The other end keeps at most so much. */
  limit(bytes: number): void {
    const limit = Math.min(bytes, usualTableSize);
    if (limit === this.#table.limit && this.#told === undefined) return;
    this.#table.limit = limit;
    this.version++;
    this.#told = [Math.min(limit, this.#told?.[0] ?? limit), limit];
  }

  encode(fields: readonly SentField[]): Buffer {
    this.#length = 0;
    if (this.#told !== undefined) {
      const [least, last] = this.#told;
      this.#told = undefined;
      this.#number(0x20, 5, least);
      if (last !== least) this.#number(0x20, 5, last);
    }
    for (const field of fields) this.#field(field);
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #field(field: SentField): void {
    const { name, value, varies } = field;
    const key = keyOf(name, value);
    const known = fixed.get(key) ?? this.#numberOf(key);
    if (known !== undefined) return this.#number(0x80, 7, known);
    const isKept = !varies && this.#table.holds(field);
    const [first, bits] = isKept ? [0x40, 6] : [0, 4];
    const named = fixed.get(name);
    this.#number(first, bits, named ?? 0);
    if (named === undefined) this.#text(name);
    this.#text(value);
    if (!isKept) return;
    if (this.#ordinals.size > 1000) this.#ordinals.clear();
    this.#ordinals.set(key, this.#table.inserted);
    this.#table.add(field);
    this.version++;
  }

  #numberOf(key: string): number | undefined {
    const ordinal = this.#ordinals.get(key);
    return ordinal === undefined ? undefined : this.#table.numberOf(ordinal);
  }

  #number(first: number, bits: number, value: number): void {
    this.#need(8);
    const most = 2 ** bits - 1;
    if (value < most) {
      this.#bytes[this.#length++] = first | value;
      return;
    }
    this.#bytes[this.#length++] = first | most;
    let rest = value - most;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes[this.#length++] = (rest % 128) | 128;
    this.#bytes[this.#length++] = rest;
  }

  #text(text: string): void {
    this.#number(0, 7, text.length);
    this.#need(text.length);
    this.#length += this.#bytes.write(text, this.#length, "latin1");
  }

  #need(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + more));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
