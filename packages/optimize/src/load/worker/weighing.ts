/** How long a body was before it was compressed. */
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Received } from "../exchange.ts";
import { add, endpointCell } from "../recording.ts";

type Opener = (body: Buffer, options: { readonly maxOutputLength: number }) => Buffer;
const openers: Readonly<Record<string, Opener>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** Opening longer ones would hold up what is to be sent meanwhile. Bytes, compressed and not. */
const [longest, longestOpened] = [256 * 1024, 4 * 1024 * 1024];

/** Counts the bytes of a body that was kept, with its fields; one that cannot be opened is not counted. */
export function weigh(counts: Float64Array, response: Received): void {
  const { bodyBytes } = response;
  const raw = response.encoded ? openedLength(response) : bodyBytes;
  if (raw === undefined) return;
  add(counts, endpointCell.weighed);
  add(counts, endpointCell.weighedWire, bodyBytes);
  add(counts, endpointCell.weighedRaw, raw);
}

function openedLength(response: Received): number | undefined {
  const [coding = ""] = response.field("content-encoding");
  const open = openers[coding.trim().toLowerCase()];
  if (open === undefined || response.bodyBytes > longest) return undefined;
  try {
    return open(response.body(), { maxOutputLength: longestOpened }).length;
  } catch {
    return undefined;
  }
}
