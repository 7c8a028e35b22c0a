/** Header blocks to fields (HPACK, RFC 7541). One decoder a connection: what a block means depends on those before it. */
import { HeaderTable, usualTableSize, type Field } from "./header-table.ts";
import { huffmanText } from "./huffman.ts";

/** What a block said. Blocks of the same bytes that mean the same are the same object. */
export interface Block {
  readonly fields: readonly Field[];
}

/** More than this a header is not, however short the block that refers to it. */
export const largestHeader = 262_144;

export class HeaderDecoder {
  readonly #table = new HeaderTable();
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #to = 0;
  #fields: Field[] = [];
  #added: Field[] = [];
  #refers = false;
  #resized = false;
  #wrong = false;
  #size = 0;
  readonly #last = { bytes: Buffer.alloc(0), block: undefined as Block | undefined, added: [] as readonly Field[], at: -1 };

  /** Decodes `bytes[from..to)`; undefined when they are no header block: the connection cannot go on then. */
  decode(bytes: Buffer, from: number, to: number): Block | undefined {
    const again = this.#again(bytes, from, to);
    if (again !== undefined) return again;
    [this.#bytes, this.#at, this.#to] = [bytes, from, to];
    [this.#fields, this.#added] = [[], []];
    this.#refers = this.#resized = this.#wrong = false;
    this.#size = 0;
    while (this.#at < to && !this.#wrong) this.#field();
    if (this.#wrong) return undefined;
    const block = { fields: this.#fields };
    const last = this.#last;
    last.block = this.#resized ? undefined : block;
    last.bytes = Buffer.from(bytes.subarray(from, to));
    last.added = this.#added;
    // One that refers to earlier fields means the same only while no field is put in.
    last.at = this.#refers ? (this.#added.length > 0 ? -1 : this.#table.inserted) : Infinity;
    return block;
  }

  /** Most blocks on a connection are equal; then reading them once is enough, as long as they do not refer to what has changed since. */
  #again(bytes: Buffer, from: number, to: number): Block | undefined {
    const { bytes: before, block, added, at } = this.#last;
    if (block === undefined || before.length !== to - from || (at !== Infinity && at !== this.#table.inserted)) return undefined;
    for (let place = 0; place < before.length; place++) if (before[place] !== bytes[from + place]) return undefined;
    for (const field of added) this.#table.add(field);
    return block;
  }

  #field(): void {
    const byte = this.#bytes[this.#at] ?? 0;
    if (byte >= 0x80) {
      const number = this.#number(7);
      const field = this.#table.at(number);
      if (number > 61) this.#refers = true;
      if (field === undefined) this.#wrong = true;
      else this.#put(field);
      return;
    }
    if (byte >= 0x20 && byte < 0x40) {
      // Only at the beginning may a block say that the table has another size.
      const limit = this.#number(5);
      if (limit > usualTableSize || this.#fields.length > 0) this.#wrong = true;
      else this.#table.limit = limit;
      this.#resized = true;
      return;
    }
    const isKept = byte >= 0x40;
    const number = this.#number(isKept ? 6 : 4);
    if (number > 61) this.#refers = true;
    const name = number === 0 ? this.#text() : this.#table.at(number)?.name;
    const value = this.#text();
    if (name === undefined || value === undefined || this.#wrong) {
      this.#wrong = true;
      return;
    }
    const field = { name, value };
    this.#put(field);
    if (!isKept) return;
    this.#table.add(field);
    this.#added.push(field);
  }

  #put(field: Field): void {
    this.#fields.push(field);
    this.#size += field.name.length + field.value.length + 32;
    if (this.#size > largestHeader) this.#wrong = true;
  }

  /** A number that begins with the last `bits` of the present byte (section 5.1). */
  #number(bits: number): number {
    const most = 2 ** bits - 1;
    let value = (this.#bytes[this.#at++] ?? 0) & most;
    if (value < most) return value;
    for (let factor = 1; ; factor *= 128) {
      if (this.#at >= this.#to || factor > 2 ** 28) {
        this.#wrong = true;
        return 0;
      }
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  #text(): string | undefined {
    if (this.#at >= this.#to) return undefined;
    const isCoded = (this.#bytes[this.#at] ?? 0) >= 0x80;
    const length = this.#number(7);
    const from = this.#at;
    const to = from + length;
    if (this.#wrong || to > this.#to) return undefined;
    this.#at = to;
    return isCoded ? huffmanText(this.#bytes, from, to) : this.#bytes.toString("latin1", from, to);
  }
}
