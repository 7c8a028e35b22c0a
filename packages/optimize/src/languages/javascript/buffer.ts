/**
 * Trees read straight out of the buffer that oxc fills: no JSON, no objects but those that are looked at.
 *
 * The nodes here answer to the same names as plain ones (tree.ts), so that the lowering knows one dialect and gives equal
 * Facts. One class for all of them keeps every place that reads a field monomorphic; the table in layout.ts says where a
 * field of a kind of node stands and how it is read. One tree lives at a time: the next one reuses the buffer.
 */
import { shared } from "../fitted.ts";
import { fieldNames, kindOf, readerOf } from "./readers.ts";
import type { Kind, Reader } from "./readers.ts";
import type { Node } from "./tree.ts";

/** The buffer as oxc-parser's raw transfer hands it over. */
export interface RawBuffer extends Uint8Array {
  readonly int32: Int32Array;
  readonly float64: Float64Array;
}

let bytes: Uint8Array = new Uint8Array(0);
let int32: Int32Array = new Int32Array(0);
let float64: Float64Array = new Float64Array(0);
let source = "";
let sourceStart = 0;
/** Up to here, an offset in bytes is an offset in the text. */
let asciiEnd = 0;

const bindingPattern = readerOf("BindingPattern");
const anyExpression = readerOf("Expression");
const decorator = readerOf("Decorator");
const typeAnnotation = kindOf("TSTypeAnnotation");
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Makes a buffer the current one and gives its program. */
export function programOf(buffer: RawBuffer, text: string, start: number, length: number, at: number): Node {
  bytes = buffer;
  int32 = buffer.int32;
  float64 = buffer.float64;
  source = text;
  sourceStart = start;
  asciiEnd = start + length;
  if (text.length !== length) {
    asciiEnd = start;
    while ((bytes[asciiEnd] ?? 128) < 128) asciiEnd++;
  }
  return make(kindOf("Program"), at);
}

/** Forgets the current buffer. */
export function releaseBuffer(): void {
  bytes = new Uint8Array(0);
  int32 = new Int32Array(0);
  float64 = new Float64Array(0);
  source = "";
}

function stringAt(pos: number): string {
  const length = int32[(pos >> 2) + 2] ?? 0;
  if (length === 0) return "";
  const from = int32[pos >> 2] ?? 0;
  const end = from + length;
  if (from >= sourceStart && end <= asciiEnd) return source.slice(from - sourceStart, end - sourceStart);
  let out = "";
  if (length > 32) return utf8.decode(bytes.subarray(from, end));
  for (let i = from; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= 128) return utf8.decode(bytes.subarray(from, end));
    out += String.fromCharCode(byte);
  }
  return out;
}

/** Lone surrogates cannot be UTF-8: the parser writes them as U+FFFD and four digits, and says so in a flag. */
function surrogates(text: string, flag: number): string {
  return bytes[flag] === 1
    ? text.replaceAll(/\uFFFD(.{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    : text;
}

function isNull(pos: number): boolean {
  return int32[pos >> 2] === 0 && int32[(pos >> 2) + 1] === 0;
}

/** A node in the buffer; its fields are defined on the prototype below, one getter a name. */
class BufferNode {
  readonly type: string;
  readonly kind$: Kind;
  readonly pos$: number;
  /** Where the type annotation and decorators stand that the surrounding node keeps for a pattern; 0 for none. */
  readonly typed$: number;
  readonly decorated$: number;

  constructor(type: string, kind: Kind, pos: number, typed: number, decorated: number) {
    this.type = type;
    this.kind$ = kind;
    this.pos$ = pos;
    this.typed$ = typed;
    this.decorated$ = decorated;
  }

  get start(): number {
    return int32[this.pos$ >> 2] ?? 0;
  }

  get end(): number {
    return int32[(this.pos$ >> 2) + 1] ?? 0;
  }
}

function make(kind: Kind, pos: number, typed = 0, decorated = 0): Node {
  const type = kind.typeAt === -1 ? kind.type : (kind.types[bytes[pos + kind.typeAt] ?? 0] ?? kind.type);
  return new BufferNode(type, kind, pos, typed, decorated);
}

function read(reader: Reader, pos: number): unknown {
  switch (reader.op) {
    case "enum":
      return choose(reader, pos);
    case "optionEnum":
      return bytes[pos] === reader.none ? null : choose(reader, pos);
    case "struct":
      return make(reader.kinds[0] as Kind, pos);
    // Optional identifiers: a name without a pointer is none.
    case "optionStruct":
      return isNull(pos + 16) ? null : make(reader.kinds[0] as Kind, pos);
    case "box":
      return make(reader.kinds[0] as Kind, int32[pos >> 2] ?? 0);
    case "optionBox":
      return isNull(pos) ? null : make(reader.kinds[0] as Kind, int32[pos >> 2] ?? 0);
    case "list":
      return list(reader.first as Reader, pos, []);
    case "optionList":
      return isNull(pos) ? [] : list(reader.first as Reader, pos, []);
    case "two":
      return list(reader.second as Reader, pos + 24, list(reader.first as Reader, pos, []));
    case "rest": {
      const items = list(reader.first as Reader, pos, []);
      if (!isNull(pos + 24)) items.push(make((reader.second as Reader).kinds[0] as Kind, int32[(pos + 24) >> 2] ?? 0));
      return items;
    }
    case "params":
      return parameters(int32[pos >> 2] ?? 0);
    case "annotated":
      return choose(reader, pos, pos + 16);
    case "optionAnnotated":
      return bytes[pos] === 255 ? null : choose(reader, pos, pos + 16);
    case "shorthand":
      return bytes[pos + 32] === 255 ? make(kindOf("IdentifierReference"), pos) : make(kindOf("ShorthandDefault"), pos - 16);
    case "bool":
      return bytes[pos] === 1;
    case "above1":
      return (bytes[pos] ?? 0) > 1;
    case "string":
      return shared(stringAt(pos));
    case "text":
      return shared(surrogates(stringAt(pos + 4), pos));
    case "number":
      return float64[pos >> 3];
    case "word":
      return reader.words[bytes[pos] ?? 0];
    case "optionWord":
      return bytes[pos] === 255 ? null : reader.words[bytes[pos] ?? 0];
    case "quasi":
      return { raw: stringAt(pos + 4), cooked: isNull(pos + 20) ? null : surrogates(stringAt(pos + 20), pos + 1) };
    case "regexp":
      return { pattern: stringAt(pos) };
    case "constant":
      return { type: "Identifier", name: reader.words[0], start: 0, end: 0 };
    case "true":
      return true;
    case "init":
      return "init";
    case "in":
      return "in";
    case "this":
      return "this";
    case "null":
      return null;
  }
}

function choose(reader: Reader, pos: number, typed = 0, decorated = 0): Node {
  const code = bytes[pos] ?? 0;
  const kind = reader.kinds[code];
  if (kind === undefined) throw new Error(`unknown kind of node ${code}`);
  return make(kind, reader.inline[code] === true ? pos + 8 : (int32[(pos + 8) >> 2] ?? 0), typed, decorated);
}

function list(reader: Reader, pos: number, out: unknown[]): unknown[] {
  let at = int32[pos >> 2] ?? 0;
  const length = int32[(pos >> 2) + 2] ?? 0;
  for (let i = 0; i < length; i++) {
    const item = read(reader, at) as Node | null;
    // A hole in an array is a node here and nothing in plain trees.
    out.push(item !== null && item.type === "Elision" ? null : item);
    at += reader.stride;
  }
  return out;
}

/** Parameters keep decorators, annotation and default beside their pattern; plain trees nest them. */
function parameters(pos: number): Node[] {
  const out: Node[] = [];
  let at = int32[(pos + 16) >> 2] ?? 0;
  const length = int32[(pos + 24) >> 2] ?? 0;
  for (let i = 0; i < length; i++) {
    const pattern = choose(bindingPattern, at + 40, at + 56, at + 16);
    const start = int32[at >> 2] ?? 0;
    const end = int32[(at >> 2) + 1] ?? 0;
    const written: Node = isNull(at + 64)
      ? pattern
      : {
          type: "AssignmentPattern",
          left: pattern,
          right: choose(anyExpression, int32[(at + 64) >> 2] ?? 0),
          decorators: decoratorsAt(at + 16),
          start,
          end,
        };
    const property = bytes[at + 13] !== 255 || bytes[at + 14] === 1 || bytes[at + 15] === 1;
    out.push(property ? { type: "TSParameterProperty", parameter: written, decorators: decoratorsAt(at + 16), start, end } : written);
    at += 72;
  }
  if (!isNull(pos + 40)) {
    const rest = int32[(pos + 40) >> 2] ?? 0;
    const annotation = isNull(rest + 72) ? null : make(typeAnnotation, int32[(rest + 72) >> 2] ?? 0);
    out.push({
      type: "RestElement",
      argument: choose(bindingPattern, rest + 56),
      typeAnnotation: annotation,
      decorators: decoratorsAt(rest + 16),
      start: int32[(rest + 40) >> 2] ?? 0,
      end: int32[(rest + 44) >> 2] ?? 0,
    });
  }
  return out;
}

function decoratorsAt(pos: number): readonly Node[] {
  return list(decorator, pos, []) as Node[];
}

function field(node: BufferNode, index: number): unknown {
  const reader = node.kind$.readers[index];
  return reader === undefined ? undefined : read(reader, node.pos$ + (node.kind$.offsets[index] ?? 0));
}

for (const [index, name] of fieldNames.entries()) {
  let get = function (this: BufferNode): unknown {
    return field(this, index);
  };
  // What the surrounding node keeps for a pattern goes before what the pattern has itself.
  if (name === "typeAnnotation") {
    get = function (this: BufferNode): unknown {
      if (this.typed$ === 0) return field(this, index);
      return isNull(this.typed$) ? null : make(typeAnnotation, int32[this.typed$ >> 2] ?? 0);
    };
  }
  if (name === "decorators") {
    get = function (this: BufferNode): unknown {
      return this.decorated$ === 0 ? field(this, index) : decoratorsAt(this.decorated$);
    };
  }
  Object.defineProperty(BufferNode.prototype, name, { get });
}
