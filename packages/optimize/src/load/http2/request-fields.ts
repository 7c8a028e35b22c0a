/** A request as fields: names in lower case, none of the connection's. */
import type { RequestParts } from "../exchange.ts";
import type { HeaderEncoder, SentField } from "./header-encoder.ts";

const left: ReadonlySet<string> = new Set(["connection", "host", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);

function fieldsOf({ method, path, authority, headers, varying }: RequestParts, scheme: string): SentField[] {
  const host = headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? authority;
  const fields = [
    [":method", method],
    [":scheme", scheme],
    [":authority", host],
    [":path", path],
    ...headers.flatMap(([name, value]) => (left.has(name.toLowerCase()) ? [] : [[name.toLowerCase(), value] as const])),
  ] as const;
  return fields.map(([name, value]) => ({ name, value, varies: varying?.has(name) === true }));
}

/** Header blocks of requests on one connection: one that never changes is encoded again only when what it refers to has changed. */
export class RequestBlocks {
  readonly #encoder: HeaderEncoder;
  readonly #scheme: string;
  readonly #known = new Map<RequestParts, { readonly fields: readonly SentField[]; block: Buffer; at: number }>();

  constructor(encoder: HeaderEncoder, scheme: string) {
    this.#encoder = encoder;
    this.#scheme = scheme;
  }

  of(parts: RequestParts): Buffer {
    const encoder = this.#encoder;
    if (parts.varying !== undefined) return encoder.encode(fieldsOf(parts, this.#scheme));
    const known = this.#known.get(parts);
    if (known !== undefined && known.at === encoder.version && !encoder.mustTell) return known.block;
    const fields = known?.fields ?? fieldsOf(parts, this.#scheme);
    const [before, told] = [encoder.version, encoder.mustTell];
    const block = encoder.encode(fields);
    // One that puts fields in, or tells of the table, may not be sent twice.
    this.#known.set(parts, { fields, block, at: before === encoder.version && !told ? before : -1 });
    return block;
  }
}
