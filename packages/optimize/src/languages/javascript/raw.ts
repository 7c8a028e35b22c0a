/** The fast path of parsing: oxc's raw buffer, where this Node and this oxc-parser support it. Never a different result. */
import { createRequire } from "node:module";
import { rawTransferSupported } from "oxc-parser";
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

interface Transfer {
  readonly parseSyncRawImpl: (
    file: string,
    text: string,
    options: ParserOptions,
    convert: (buffer: RawBuffer, text: string, start: number, length: number) => RawTree | undefined,
  ) => RawTree | undefined;
  readonly returnBufferToCache: (buffer: RawBuffer) => void;
}

interface Constants {
  readonly DATA_POINTER_POS_32: number;
  readonly PROGRAM_OFFSET: number;
}

let path: { readonly transfer: Transfer; readonly constants: Constants } | undefined;
let usable: boolean | undefined;

/** Says whether trees are read from the buffer; `false` makes all following ones plain (for tests that compare). */
export function useRawTrees(wanted: boolean): boolean {
  usable = wanted && open();
  return usable;
}

function open(): boolean {
  if (!rawTransferSupported()) return false;
  const require = createRequire(import.meta.url);
  try {
    // A buffer of another version may look different: plain trees are slower and always right.
    if ((require("oxc-parser/package.json") as { version: string }).version !== layoutVersion) return false;
    path ??= {
      transfer: require("oxc-parser/src-js/raw-transfer/common") as Transfer,
      constants: require("oxc-parser/src-js/generated/constants") as Constants,
    };
    return true;
  } catch {
    return false;
  }
}

/** Parses into the buffer; undefined when plain parsing has to do it: no support, or a file with errors to report. */
export function parseRaw(text: string, lang: Lang, sourceType: SourceType): RawTree | undefined {
  usable ??= open();
  if (!usable || path === undefined) return undefined;
  const { transfer, constants } = path;
  return transfer.parseSyncRawImpl("file", text, { lang, sourceType, preserveParens: false }, (buffer, source, start, length) => {
    const program = programOf(buffer, source, start, length, (buffer.int32[constants.DATA_POINTER_POS_32] ?? 0) + constants.PROGRAM_OFFSET);
    const dispose = (): void => {
      releaseBuffer();
      transfer.returnBufferToCache(buffer);
    };
    if (program.end !== 0 || text.length === 0) return { program, comments: none, dispose };
    dispose();
    return undefined;
  });
}

function none(): readonly Comment[] {
  return [];
}
