/** A small stable hash for ids and fingerprints: FNV-1a of 64 bits over UTF-8 (http://www.isthe.com/chongo/tech/comp/fnv/). Not for secrets. */

const encoder = new TextEncoder();

/** The plain FNV-1a 64 of a text: 16 lowercase hex characters. */
export function fnv1a64(text: string): string {
  // The prime is 2^40 + 0x1b3; two halves of 32 bits keep every product exact in a double.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of encoder.encode(text)) {
    low = (low ^ byte) >>> 0;
    const product = low * 0x1b3;
    high = (high * 0x1b3 + Math.floor(product / 0x1_0000_0000) + low * 0x100) % 0x1_0000_0000;
    low = product % 0x1_0000_0000;
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}

/** The first `length` (at most 16) hex characters of a hash whose every prefix is well mixed: the last characters of a text hardly reach the upper bits in one pass. */
export function shortHash(text: string, length: number): string {
  return fnv1a64(fnv1a64(text)).slice(0, length);
}
