/** The fast path of parsing: oxc's raw buffer, where this Node and this oxc-parser support it. Never a different result. */
import { createRequire } from "node:module";
import type { ParserOptions } from "oxc-parser";
import { programOf, releaseBuffer } from "./buffer.ts";
import type { RawBuffer } from "./buffer.ts";
import { layoutVersion } from "./layout.ts";
import type { Comment, Node } from "./tree.ts";

export type Lang = NonNullable<ParserOptions["lang"]>;
export type SourceType = NonNullable<ParserOptions["sourceType"]>;

interface RawTree {
  readonly program: Node;
  readonly comments: () => readonly Comment[];
  readonly dispose: () => void;
}

/** The parser's native functions that fill a buffer. */
interface Binding {
  readonly getBufferOffset: (buffer: Uint8Array) => number;
  readonly parseRawSync: (file: string, block: Uint8Array, sourceStart: number, sourceLength: number, options: ParserOptions) => void;
  /** 64 bits and little-endian, as the buffer has to be. */
  readonly rawTransferSupported: () => boolean;
}

interface Constants {
  readonly BLOCK_SIZE: number;
  readonly BLOCK_ALIGN: number;
  readonly BUFFER_SIZE: number;
  readonly ACTIVE_SIZE: number;
  readonly DATA_POINTER_POS_32: number;
  readonly PROGRAM_OFFSET: number;
}

interface Transfer {
  readonly binding: Binding;
  readonly constants: Constants;
  readonly buffer: RawBuffer;
  /** With the parser's own bookkeeping at the end of the buffer, which nobody else may write. */
  readonly block: Uint8Array;
}

const encoder = new TextEncoder();
/** An encoder writes into at most 1 GiB, and a character may take three bytes. */
const maxLength = 2 ** 30 / 3;

/**
 * For each import the parser copies those before it, and the buffer keeps all copies: its 2 GiB are full at some 4,500, which ends the process.
 * At this many they are a twentieth of it.
 */
const maxImports = 1_000;
/** `import a from"b"` */
const shortestImport = 16;

let transfer: Transfer | undefined;
let usable: boolean | undefined;

/** Says whether trees are read from the buffer; `false` makes all following ones plain (for tests that compare). */
export function useRawTrees(wanted: boolean): boolean {
  usable = wanted && open();
  return usable;
}

/**
 * oxc-parser takes this way on Node >= 22 only, because older ones could not make a buffer of over 4 GiB; Node 20.19 and later can.
 * It is address space and no memory: a page counts when it is written. Where it is not to be had, plain parsing goes on.
 */
function open(): boolean {
  if (transfer !== undefined) return true;
  const require = createRequire(import.meta.url);
  try {
    // A buffer of another version may look different: plain trees are slower and always right.
    if ((require("oxc-parser/package.json") as { version: string }).version !== layoutVersion) return false;
    const binding = require("oxc-parser/src-js/bindings") as Binding;
    if (!binding.rawTransferSupported()) return false;
    transfer = createTransfer(binding, require("oxc-parser/src-js/generated/constants") as Constants);
    return true;
  } catch {
    return false;
  }
}

/** The parser's pointers are their own lowest 32 bits, so its block has to start at a multiple of 4 GiB: some 2 GiB of 6 do. */
function createTransfer(binding: Binding, constants: Constants): Transfer {
  const { BLOCK_SIZE, BLOCK_ALIGN, BUFFER_SIZE } = constants;
  const whole = new SharedArrayBuffer(BLOCK_SIZE + BLOCK_ALIGN);
  // Only where it begins is asked; Node 20 has no view of all of it.
  const offset = binding.getBufferOffset(new Uint8Array(whole, 0, 8));
  const buffer = Object.assign(new Uint8Array(whole, offset, BUFFER_SIZE), {
    int32: new Int32Array(whole, offset, BUFFER_SIZE / 4),
    float64: new Float64Array(whole, offset, BUFFER_SIZE / 8),
  });
  return { binding, constants, buffer, block: new Uint8Array(whole, offset, BLOCK_SIZE) };
}

/** Parses into the buffer; undefined when plain parsing has to do it: no support, or a file with errors to report. */
export function parseRaw(text: string, lang: Lang, sourceType: SourceType): RawTree | undefined {
  usable ??= open();
  if (!usable || transfer === undefined || text.length > maxLength || hasManyImports(text)) return undefined;
  const { binding, constants, buffer, block } = transfer;
  // The source stands at the end of the data, with room for its longest encoding.
  const room = text.length * 3;
  const start = constants.ACTIVE_SIZE - room;
  const { read, written } = encoder.encodeInto(text, new Uint8Array(buffer.buffer, buffer.byteOffset + start, room));
  if (read !== text.length) return undefined;
  binding.parseRawSync("file", block, start, written, { lang, sourceType, preserveParens: false });
  const program = programOf(buffer, text, start, written, (buffer.int32[constants.DATA_POINTER_POS_32] ?? 0) + constants.PROGRAM_OFFSET);
  if (program.end !== 0 || text.length === 0) return { program, comments: none, dispose: releaseBuffer };
  releaseBuffer();
  return undefined;
}

/** More words `import` than the buffer bears; some of them may be in comments and texts. */
function hasManyImports(text: string): boolean {
  if (text.length < maxImports * shortestImport) return false;
  let count = 0;
  for (let at = text.indexOf("import"); at !== -1; at = text.indexOf("import", at + shortestImport)) if (++count > maxImports) return true;
  return false;
}

function none(): readonly Comment[] {
  return [];
}
