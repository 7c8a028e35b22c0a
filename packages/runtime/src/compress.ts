/** Smaller responses at levels that pay: what the client takes, no smaller than worth it, never what is compressed already. */
import { promisify } from "node:util";
import * as zlib from "node:zlib";

export type Encoding = "br" | "zstd" | "gzip" | "identity";

export interface CompressOptions {
  /** Bodies of fewer bytes stay as they are: they fit into one packet anyway. Default 1024. */
  readonly threshold?: number;
  /** `Content-Type`; what is compressed by itself (images, video, archives, fonts) stays as it is. */
  readonly type?: string;
  /** 0 to 11. Default 4: the library's own default of 11 takes hundreds of times as long for no smaller a result on JSON. */
  readonly brotliQuality?: number;
  /** 1 to 9. Default 6. */
  readonly gzipLevel?: number;
}

export interface Compressed {
  readonly body: Uint8Array;
  readonly encoding: Encoding;
  /** For the response: always Vary and Content-Length, and Content-Encoding when there is one. */
  readonly headers: Readonly<Record<string, string>>;
}

type Compressor = (body: Uint8Array, options: CompressOptions) => Promise<Uint8Array>;

const { constants } = zlib;
const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
// Node has it from 22.15 on; its own level, 3, is the right one.
const { zstdCompress } = zlib as { zstdCompress?: typeof zlib.brotliCompress };
const zstd = zstdCompress && promisify(zstdCompress);

/** In the order in which they are taken when the client has no preference. */
const compressors: Readonly<Record<string, Compressor>> = {
  br: (body, { brotliQuality = 4 }) => brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
  ...(zstd && { zstd: (body: Uint8Array) => zstd(body) }),
  gzip: (body, { gzipLevel = 6 }) => gzip(body, { level: gzipLevel }),
};

const compressedTypes = /^(?:image\/(?!svg|bmp)|video|audio|font\/woff|application\/(?:.*zip|zstd|pdf))/i;

/**
 * @param accept The request's `Accept-Encoding`.
 * @example
 * const { body, headers } = await compress(JSON.stringify(report), request.headers["accept-encoding"], { type: "application/json" });
 * response.writeHead(200, { "content-type": "application/json", ...headers }).end(body);
 */
export async function compress(
  content: string | Uint8Array,
  accept: string | undefined,
  options: CompressOptions = {},
): Promise<Compressed> {
  let body: Uint8Array = typeof content === "string" ? Buffer.from(content) : content;
  // Vary also without: what a shared cache keeps for this client is not for every other.
  const headers: Record<string, string> = { vary: "accept-encoding" };
  let encoding: Encoding = "identity";
  const liked = negotiate(accept, Object.keys(compressors) as Encoding[]);
  const compressor = compressors[liked];
  if (compressor && body.length >= (options.threshold ?? 1024) && !compressedTypes.test(options.type ?? "")) {
    const smaller = await compressor(body, options);
    if (smaller.length < body.length) {
      body = smaller;
      headers["content-encoding"] = encoding = liked;
    }
  }
  headers["content-length"] = String(body.length);
  return { body, encoding, headers };
}

/**
 * The encoding that the client likes best of those offered, the first of equals; identity when it takes none (RFC 9110, 12.5.3).
 *
 * @example
 * negotiate("gzip, br;q=0.5", ["br", "gzip"]); // "gzip"
 */
export function negotiate(accept: string | undefined, offered: readonly Encoding[]): Encoding {
  const weights = new Map<string, number>();
  for (const [, name = "", q = 1] of (accept ?? "").toLowerCase().matchAll(/([\w*-]+)\s*(?:;\s*q=([\d.]+))?/g))
    weights.set(name, Number(q));
  let [best, most]: [Encoding, number] = ["identity", 0];
  for (const name of offered) {
    const weight = weights.get(name) ?? weights.get("*") ?? 0;
    if (weight > most) [best, most] = [name, weight];
  }
  return most >= (weights.get("identity") ?? 0) ? best : "identity";
}
