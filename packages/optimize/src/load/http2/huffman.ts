/** The code of RFC 7541, appendix B, in which fields of headers may be written. It is canonical: the lengths of the codes are all that has to be known. */

/** Bits of the code of each byte, and of the sign for the end. */
const lengths = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10,
  12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7,
  7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22,
  23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22,
  23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20,
  24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];
const end = 256;

/** The codes as a machine that takes four bits at a time: no code is shorter than five, so at most one byte comes of each step. */
const [none, broken] = [-1, -2];
const next = new Int16Array(256 * 16);
const given = new Int16Array(256 * 16);
/** Where the text may end: after at most seven ones, which are the beginning of the sign for the end. */
const mayEnd = new Uint8Array(256);
build();

function build(): void {
  // A node's children: other nodes, or bytes as -1 - byte.
  const nodes: [number | undefined, number | undefined][] = [[undefined, undefined]];
  let code = 0;
  let length = 0;
  for (const symbol of [...lengths.keys()].sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b)) {
    const bits = lengths[symbol] ?? 0;
    code *= 2 ** (bits - length);
    length = bits;
    let node = 0;
    for (let bit = bits - 1; bit >= 0; bit--) {
      const side = Math.floor(code / 2 ** bit) % 2 === 0 ? 0 : 1;
      const children = nodes[node] as [number | undefined, number | undefined];
      if (bit === 0) children[side] = -1 - symbol;
      else node = children[side] ??= nodes.push([undefined, undefined]) - 1;
    }
    code++;
  }
  for (let node = 0; node < 256; node++) for (let nibble = 0; nibble < 16; nibble++) step(nodes, node, nibble);
  let node: number | undefined = 0;
  for (let ones = 0; ones <= 7 && node !== undefined; ones++) {
    mayEnd[node] = 1;
    node = nodes[node]?.[1];
  }
}

function step(nodes: readonly (readonly [number | undefined, number | undefined])[], from: number, nibble: number): void {
  let [node, symbol] = [from, none];
  for (let bit = 3; bit >= 0; bit--) {
    const child = nodes[node]?.[((nibble >> bit) & 1) as 0 | 1] ?? 0;
    if (child >= 0) node = child;
    else [node, symbol] = [0, -1 - child];
  }
  next[from * 16 + nibble] = node;
  given[from * 16 + nibble] = symbol === end ? broken : symbol;
}

let scratch = Buffer.allocUnsafe(4096);

/** The text that `bytes[from..to)` stand for, one character a byte; undefined when they are no code. */
export function huffmanText(bytes: Uint8Array, from: number, to: number): string | undefined {
  if (scratch.length < (to - from) * 2) scratch = Buffer.allocUnsafe((to - from) * 4);
  let [state, length] = [0, 0];
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    for (let shift = 4; shift >= 0; shift -= 4) {
      const place = state * 16 + ((byte >> shift) & 15);
      const symbol = given[place] as number;
      if (symbol === broken) return undefined;
      if (symbol !== none) scratch[length++] = symbol;
      state = next[place] as number;
    }
  }
  return mayEnd[state] === 1 ? scratch.toString("latin1", 0, length) : undefined;
}
