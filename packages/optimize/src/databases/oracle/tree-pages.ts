/**
 * An empty B-tree of a given height, as PostgreSQL lays it out: a descent costs what it would cost in a full one. (A fresh index has no root, which the
 * planner takes for height 0; in a nested loop that is a tenth of the cost.) Every level has one page with one key that is below all others, so that
 * the same bytes serve for keys of every type. The file of an index may be written as long as nothing has read it.
 */

const pageBytes = 8192;
const special = pageBytes - 16;
const magic = 0x053162;
const flags = { leaf: 1, root: 2, meta: 8 };

export function emptyTree(height: number): Uint8Array {
  const pages = [metaPage(height)];
  for (let level = height; level >= 0; level--) {
    const isRoot = level === height ? flags.root : 0;
    pages.push(level === 0 ? page([], level, isRoot | flags.leaf) : page([downLink(pages.length + 1)], level, isRoot));
  }
  return Buffer.concat(pages);
}

function metaPage(height: number): Buffer {
  const buffer = page([], 0, flags.meta);
  // Magic, version, root, level, fast root, fast level: they begin where items would.
  for (const [index, value] of [magic, 4, 1, height, 1, height, 0].entries()) buffer.writeUInt32LE(value, 24 + 4 * index);
  buffer.writeDoubleLE(-1, 56);
  buffer.writeUInt16LE(24 + 48, 12);
  return buffer;
}

function page(items: readonly Buffer[], level: number, flag: number): Buffer {
  const buffer = Buffer.alloc(pageBytes);
  let upper = special;
  for (const [index, item] of items.entries()) {
    upper -= item.length;
    item.copy(buffer, upper);
    // Offset in 15 bits, "normal" in 2, length in 15.
    buffer.writeUInt32LE((upper | (1 << 15) | (item.length << 17)) >>> 0, 24 + 4 * index);
  }
  buffer.writeUInt16LE(24 + 4 * items.length, 12);
  buffer.writeUInt16LE(upper, 14);
  buffer.writeUInt16LE(special, 16);
  buffer.writeUInt16LE(pageBytes | 4, 18);
  buffer.writeUInt32LE(level, special + 8);
  buffer.writeUInt16LE(flag, special + 12);
  return buffer;
}

/** A key without attributes, which is below all others, and the page that it leads to. */
function downLink(block: number): Buffer {
  const item = Buffer.alloc(8);
  item.writeUInt16LE(block >>> 16, 0);
  item.writeUInt16LE(block & 0xffff, 2);
  item.writeUInt16LE(8 | 0x2000, 6);
  return item;
}
