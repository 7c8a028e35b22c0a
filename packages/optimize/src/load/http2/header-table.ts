/** Fields that both ends of a connection know by number (RFC 7541, section 2.3): the fixed ones of appendix A, and those that were sent before. */

export interface Field {
  readonly name: string;
  readonly value: string;
}

export const fixedFields: readonly Field[] = [
  ":authority",
  ":method GET",
  ":method POST",
  ":path /",
  ":path /index.html",
  ":scheme http",
  ":scheme https",
  ...[200, 204, 206, 304, 400, 404, 500].map((status) => `:status ${status}`),
  "accept-charset",
  "accept-encoding gzip, deflate",
  "accept-language",
  "accept-ranges",
  "accept",
  "access-control-allow-origin",
  "age",
  "allow",
  "authorization",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-range",
  "content-type",
  "cookie",
  "date",
  "etag",
  "expect",
  "expires",
  "from",
  "host",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "last-modified",
  "link",
  "location",
  "max-forwards",
  "proxy-authenticate",
  "proxy-authorization",
  "range",
  "referer",
  "refresh",
  "retry-after",
  "server",
  "set-cookie",
  "strict-transport-security",
  "transfer-encoding",
  "user-agent",
  "vary",
  "via",
  "www-authenticate",
].map((text) => {
  const [name = "", value = ""] = text.split(/ (.*)/s);
  return { name, value };
});

/** What a field takes in the table. */
const sizeOf = ({ name, value }: Field): number => name.length + value.length + 32;
export const usualTableSize = 4096;

/** The fields that were sent before: the latest has the least number. */
export class HeaderTable {
  /** How many fields were ever put in. */
  inserted = 0;
  #limit: number;
  #fields: Field[] = [];
  #first = 0;
  #size = 0;

  constructor(limit = usualTableSize) {
    this.#limit = limit;
  }

  get limit(): number {
    return this.#limit;
  }

  set limit(limit: number) {
    this.#limit = limit;
    this.#evict(0);
  }

  /** The field with this number; undefined when there is none. */
  at(number: number): Field | undefined {
    if (number <= fixedFields.length) return fixedFields[number - 1];
    const place = this.#fields.length - (number - fixedFields.length);
    return place >= this.#first ? this.#fields[place] : undefined;
  }

  /** The number that the `ordinal`-th field ever put in has now; undefined when it has left. */
  numberOf(ordinal: number): number | undefined {
    const age = this.inserted - ordinal;
    return age <= this.#fields.length - this.#first ? fixedFields.length + age : undefined;
  }

  /** Puts a field in; one that is larger than the table empties it. */
  add(field: Field): void {
    const size = sizeOf(field);
    this.#evict(size);
    this.inserted++;
    if (size > this.#limit) return;
    this.#fields.push(field);
    this.#size += size;
  }

  #evict(more: number): void {
    while (this.#size + more > this.#limit && this.#first < this.#fields.length) {
      this.#size -= sizeOf(this.#fields[this.#first++] as Field);
    }
    if (this.#first > 256 && this.#first * 2 > this.#fields.length) {
      this.#fields = this.#fields.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Whether a field of this size may be put in without emptying half of the table. */
  holds(field: Field): boolean {
    return sizeOf(field) * 2 <= this.#limit;
  }
}
